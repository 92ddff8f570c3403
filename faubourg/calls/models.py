"""The yearly call for projects: one application = one project x one year x one organisation, asked to several
funders; each funder has its own line (rules.md, section 0, fact 1)."""

from django.db import models
from django.db.models import F, Q

from faubourg.calls.enums import NEVER_LIVED, ApplicationState, CallState, PaperKind, PieceKind, Verdict
from faubourg.core.models import Findable, cents_field, code_field, made_at
from faubourg.documents.models import StoredFile
from faubourg.funding.models import Budget, Commitment, Envelope
from faubourg.notifications.models import Mail
from faubourg.partners.models import Contract, Objective, Organisation
from faubourg.projects.models import Project
from faubourg.questions.models import AnswerSheet, Questionnaire
from faubourg.territory.models import Geography, Neighbourhood


class Call(models.Model):
    """A call for projects (*appel à projets*), its rules, its clock and its envelopes."""

    code = models.SlugField("code", max_length=24, unique=True)  # "2027": read in the address
    year = models.PositiveSmallIntegerField("année des projets")
    title = models.CharField("titre", max_length=160)
    summary = models.CharField("en une phrase", max_length=300, blank=True)
    rules_text = models.TextField("règlement")
    opens_at = models.DateTimeField("ouvre le")
    closes_at = models.DateTimeField("ferme le")
    projects_from = models.DateField("projets du")
    projects_until = models.DateField("projets au")
    committee_on = models.DateField("comité de pilotage le", null=True, blank=True)
    contact_email = models.EmailField("adresse de contact")
    state = models.CharField("état", max_length=9, choices=CallState, default=CallState.DRAFT)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="calls")
    geography = models.ForeignKey(Geography, on_delete=models.PROTECT, related_name="calls")
    objectives = models.ManyToManyField(Objective, related_name="calls", verbose_name="objectifs")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="calls")
    opinions_shared_at = models.DateTimeField("avis partagés le", null=True, blank=True)  # R-INS-01
    announced_at = models.DateTimeField("résultats publiés le", null=True, blank=True)
    last_rank = models.PositiveIntegerField("dernier numéro de dossier", default=0, editable=False)
    made_at = made_at()

    class Meta:
        verbose_name = "appel à projets"
        verbose_name_plural = "appels à projets"
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="calls_closes_after_opening"),
            models.CheckConstraint(condition=Q(projects_until__gte=F("projects_from")), name="calls_project_period"),
            models.CheckConstraint(
                condition=~Q(state=CallState.ANNOUNCED) | Q(announced_at__isnull=False),
                name="calls_announced_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CallEnvelope(models.Model):
    """An envelope that pays for the projects of a call: one column of the committee's table."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="envelopes")
    envelope = models.OneToOneField(Envelope, on_delete=models.PROTECT, related_name="call_link")
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "enveloppe de l’appel"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.call_id}/{self.envelope_id}"


class Application(Findable):
    """What an organisation asks for one project and one year. The applicant's words; decisions are on the lines."""

    named_by = "title"

    code = code_field("D")
    reference = models.CharField("référence", max_length=24, blank=True)  # "AAP-2027-014", given at submission
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    state = models.CharField("état", max_length=14, choices=ApplicationState, default=ApplicationState.DRAFT)
    title = models.CharField("titre du projet", max_length=160, blank=True)
    summary = models.CharField("le projet en une phrase", max_length=300, blank=True)
    objectives = models.ManyToManyField(Objective, related_name="applications", verbose_name="objectifs", blank=True)
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, related_name="applications", verbose_name="quartiers", blank=True
    )
    people_expected = models.PositiveIntegerField("personnes attendues", null=True, blank=True)
    people_qpv = models.PositiveIntegerField("dont habitants des quartiers", null=True, blank=True)
    public = models.CharField("public", max_length=300, blank=True)
    starts_on = models.DateField("début", null=True, blank=True)
    ends_on = models.DateField("fin", null=True, blank=True)
    answers = models.OneToOneField(AnswerSheet, on_delete=models.PROTECT, related_name="application")
    budget = models.OneToOneField(Budget, on_delete=models.PROTECT, related_name="application")
    asked_cents = cents_field("demandé en tout", default=0, editable=False)  # the database keeps the sum (triggers.py)
    typed = models.JSONField("valeurs illisibles, telles que tapées", default=dict, blank=True)  # field -> text
    version = models.PositiveIntegerField("version", default=0)  # moves with each write: two windows are told
    made_at = made_at()
    made_by = models.CharField("commencé par", max_length=24)  # a user's code
    saved_at = models.DateTimeField("enregistré le", null=True, blank=True)
    submitted_at = models.DateTimeField("déposé le", null=True, blank=True)
    sworn_by = models.CharField("attesté par", max_length=24, blank=True)  # a user's code
    sworn_at = models.DateTimeField("attesté le", null=True, blank=True)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    inadmissible_reason = models.CharField("motif de non-recevabilité", max_length=500, blank=True)

    class Meta:
        verbose_name = "dossier"
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "reference"], condition=~Q(reference=""), name="calls_one_reference"
            ),
            models.UniqueConstraint(
                fields=["call", "project"],
                condition=~Q(state__in=NEVER_LIVED),
                name="calls_one_application_of_a_project",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
                | (Q(submitted_at__isnull=False, sworn_at__isnull=False) & ~Q(reference="") & ~Q(sworn_by="")),
                name="calls_submitted_is_sworn_and_referenced",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.INADMISSIBLE) | ~Q(inadmissible_reason=""),
                name="calls_inadmissible_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="calls_application_dates",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state", "-submitted_at"], name="calls_app_call_state_sub"),
            models.Index(fields=["call", "-submitted_at", "-id", "state", "asked_cents"], name="calls_app_by_date"),
            models.Index(fields=["call", "asked_cents", "id", "state"], name="calls_app_by_amount"),
            models.Index(fields=["organisation", "state"], name="calls_app_org_state"),
        ]

    def __str__(self) -> str:
        return self.reference or self.code


class FundingLine(models.Model):
    """What one application asks of one envelope, and what was decided of it.

    Decided above zero, the line holds the commitment that took the money out of the envelope: one does not go
    without the other.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="lines")
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="lines")
    asked_cents = cents_field("demandé", default=0)
    decided_cents = cents_field("décidé", null=True, blank=True)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    commitment = models.OneToOneField(
        Commitment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="line",
        verbose_name="engagement",
    )
    version = models.PositiveIntegerField("version", default=0)

    class Meta:
        verbose_name = "ligne de financement"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "envelope"], name="calls_one_line_an_envelope"),
            models.CheckConstraint(condition=Q(asked_cents__gte=0), name="calls_asked_not_negative"),
            models.CheckConstraint(
                condition=Q(decided_cents__isnull=True, decided_at__isnull=True, commitment__isnull=True)
                | Q(decided_cents=0, decided_at__isnull=False, commitment__isnull=True)
                | Q(decided_cents__gt=0, decided_at__isnull=False, commitment__isnull=False),
                name="calls_decided_goes_with_commitment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.envelope_id}"


class Opinion(models.Model):
    """One funder's opinion on one application (R-INS-01, R-INS-02)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="opinions")
    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="opinions")
    verdict = models.CharField("avis", max_length=12, choices=Verdict)
    reason = models.TextField("motif", blank=True)
    author = models.CharField("écrit par", max_length=24)  # a user's code
    written_at = models.DateTimeField("écrit le")

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "funder"], name="calls_one_opinion_a_funder"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.FAVOURABLE) | ~Q(reason=""), name="calls_opinion_gives_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.funder_id}"


class Proposal(models.Model):
    """The amount that an opinion proposes on one line."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="proposals")
    line = models.OneToOneField(FundingLine, on_delete=models.CASCADE, related_name="proposal")
    proposed_cents = cents_field("proposé")

    class Meta:
        verbose_name = "montant proposé"
        constraints = [models.CheckConstraint(condition=Q(proposed_cents__gte=0), name="calls_proposed_not_negative")]

    def __str__(self) -> str:
        return f"{self.line_id}"


class InformationRequest(models.Model):
    """The officer asks for a missing piece; the association answers (*demande de compléments*)."""

    code = code_field("C")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="requests")
    text = models.TextField("ce qui manque")
    due_on = models.DateField("à fournir avant le")
    asked_at = models.DateTimeField("demandé le")
    asked_by = models.CharField("demandé par", max_length=24)  # a user's code
    answer = models.TextField("réponse", blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "demande de compléments"
        verbose_name_plural = "demandes de compléments"
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at__isnull=True), name="calls_one_open_request"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Piece(models.Model):
    """A file of the application. The row is the right to it: no piece, no download."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="pieces")
    kind = models.CharField("pièce", max_length=8, choices=PieceKind)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="piece")
    request = models.ForeignKey(
        InformationRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="pieces"
    )

    class Meta:
        verbose_name = "pièce"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.get_kind_display()}"


class Paper(models.Model):
    """A letter that the call produced: the receipt, the decision; its PDF and the mails that carry it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField("papier", max_length=8, choices=PaperKind)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="paper")
    mails = models.ManyToManyField(Mail, related_name="+", verbose_name="courriers")
    made_at = made_at()

    class Meta:
        verbose_name = "papier"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "kind"], name="calls_one_paper_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.kind}"
