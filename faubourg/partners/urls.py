from django.urls import path

from faubourg.partners.views import contracts, delegations, invitations, merging, organisations, people

app_name = "partners"
CONTRACT = "bureau/contrats/<slug:code>/"
KNOT = f"{CONTRACT}objectifs/<slug:objective>/"
urlpatterns = [
    path("organismes/", people.mine, name="mine"),
    path("organismes/chercher/", people.find, name="find"),
    path("organismes/nouveau/", people.open_new, name="open"),
    path("organismes/doubles/", merging.doubles, name="doubles"),
    path("organismes/demandes/", people.claims, name="claims"),
    path("organismes/demandes/<str:code>/", people.decide, name="decide"),
    path("organismes/demandes/<str:code>/justificatif/", people.proof, name="proof"),
    path("organismes/personnes/<str:code>/terminer/", people.end, name="end"),
    path("organismes/personnes/<str:code>/modifier/", people.change, name="change"),
    path("organismes/invitations/<str:code>/", invitations.invitation_mine, name="invitation_mine"),
    path("organismes/invitations/<str:code>/renvoi/", invitations.invite_again, name="invite_again"),
    path("organismes/invitations/<str:code>/retrait/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("organismes/<str:code>/", people.organisation, name="organisation"),
    path("organismes/<str:code>/rejoindre/", people.claim, name="claim"),
    path("organismes/<str:code>/nommer/", people.appoint, name="appoint"),
    path("organismes/delegations/<str:code>/retrait/", delegations.delegation_withdraw, name="delegation_withdraw"),
    path("organismes/fusions/<str:code>/retour/", merging.merge_undo, name="merge_undo"),
    path("organismes/<str:code>/fusion/", merging.double_of, name="double_of"),
    path("organismes/<str:code>/fusion/<str:other>/", merging.merge, name="merge"),
    path("organismes/contacts/<str:code>/", organisations.contact_change, name="contact_change"),
    path("organismes/contacts/<str:code>/retrait/", organisations.contact_remove, name="contact_remove"),
    path("organismes/<str:code>/contacts/", organisations.contacts, name="contacts"),
    path("organismes/<str:code>/logo/", organisations.logo, name="logo"),
    path("organismes/<str:code>/logo/modifier/", organisations.logo_change, name="logo_change"),
    path("organismes/<str:code>/logo/retirer/", organisations.logo_remove, name="logo_remove"),
    path("organismes/<str:code>/nom/", organisations.rename, name="rename"),
    path("organismes/<str:code>/deleguer/", delegations.delegate, name="delegate"),
    path("organismes/<str:code>/inviter/", invitations.invite, name="invite"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("bureau/contrats/", contracts.contracts, name="contracts"),
    path("bureau/contrats/nouveau/", contracts.contract_new, name="contract_new"),
    path(CONTRACT, contracts.contract, name="contract"),
    path(f"{CONTRACT}signatures/", contracts.signature_add, name="signature_add"),
    path(f"{CONTRACT}signataires/", contracts.signatory_new, name="signatory_new"),
    path(f"{CONTRACT}signatures/<slug:organisation>/retrait/", contracts.signature_remove, name="signature_remove"),
    path(f"{CONTRACT}objectifs/", contracts.objective_add, name="objective_add"),
    path(KNOT, contracts.objective, name="objective"),
    path(f"{KNOT}dessous/", contracts.objective_under, name="objective_under"),
    path(f"{KNOT}place/", contracts.objective_move, name="objective_move"),
    path(f"{KNOT}retrait/", contracts.objective_remove, name="objective_remove"),
]
