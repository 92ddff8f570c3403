"""Fields that could hold a person's name or words by their type, and do not by their meaning. One reason a group."""

_MADE_BY_THE_MACHINE = """
    accounts.SignInLink.digest  accounts.User.password
    calls.Application.reference
    documents.StoredFile.access  documents.StoredFile.content_type  documents.StoredFile.sha256
    funding.BudgetLine.account  funding.Commitment.thing
    journal.Entry.after  journal.Entry.amounts  journal.Entry.before  journal.Entry.digest  journal.Entry.previous
    journal.Entry.room  journal.Entry.thing  journal.Entry.verb  journal.Head.digest
    notifications.Enclosure.content_type  notifications.Enclosure.name
    notifications.Mail.kind  notifications.Mail.problem
    partners.Invitation.digest  partners.Merge.moved
    partners.OrganisationName.folded  partners.Objective.path  partners.Organisation.folded
    website.Photo.file_hash  website.Rendition.file  website.Rendition.filter_spec  website.Rendition.focal_point_key
    search.Listing.args  search.Listing.digest  search.Listing.scope  search.Listing.thing
"""
_PUBLIC_FACTS_OF_PLACES_AND_ORGANISATIONS = """
    partners.Organisation.logo_alt  partners.Organisation.name  partners.Organisation.rna  partners.Organisation.siret
    partners.OrganisationName.name
    partners.Organisation.summary  partners.Organisation.website  partners.Signature.name_then
    territory.Geography.licence  territory.Geography.name  territory.Geography.source
    territory.KeyFigure.source  territory.Municipality.insee  territory.Municipality.name
    territory.Municipality.postcodes  territory.Municipality.siren  territory.Neighbourhood.code
    territory.Neighbourhood.name  territory.Neighbourhood.outline  territory.Neighbourhood.summary
"""
_PUBLISHED_BY_THE_AGENCY = """
    calls.Call.rules_text  calls.Call.summary  calls.Call.title
    funding.Envelope.short_name
    partners.Amendment.title  partners.Contract.source  partners.Contract.summary  partners.Contract.title
    partners.Objective.level  partners.Objective.summary  partners.Objective.title
    projects.Project.summary  projects.Project.title  projects.Result.measured  projects.Result.source
    projects.Result.text  projects.Result.unit
    questions.Question.choices  questions.Question.help  questions.Question.label  questions.Questionnaire.title
"""
IMPERSONAL = frozenset(
    (_MADE_BY_THE_MACHINE + _PUBLIC_FACTS_OF_PLACES_AND_ORGANISATIONS + _PUBLISHED_BY_THE_AGENCY).split()
)
