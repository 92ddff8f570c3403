"""Forms of the desk: the call and its money, admissibility, opinions, the committee's cells, the letters."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from faubourg.calls import selectors, services
from faubourg.calls.enums import ApplicationState, CallState, Verdict
from faubourg.calls.models import Application, Call, FundingLine, Opinion
from faubourg.calls.selectors import DEFAULT_SORT, NEVER_SENT, SORTS, Wanted
from faubourg.calls.standard import STANDARD_RULES
from faubourg.core import money
from faubourg.core.errors import Conflict, NotAllowed, Refusal
from faubourg.core.forms import AmountField, DayField, Marks, ParisDateTimeField, ServiceForm
from faubourg.funding import services as funding
from faubourg.funding.enums import MoneyKind
from faubourg.funding.models import Envelope
from faubourg.partners.models import Contract, Objective, Organisation
from faubourg.territory.models import Geography, Neighbourhood


# ---------------------------------------------------------------------------------------------- the call
class CallForm(ServiceForm):
    """A call in preparation. Its code is read in addresses: « 2027 »."""

    title = forms.CharField(label="Titre", max_length=160)
    code = forms.SlugField(label="Nom dans les adresses", max_length=24, help_text="Par exemple 2027 ou 2027-ete.")
    year = forms.IntegerField(label="Année des projets", min_value=2015, max_value=2100)
    summary = forms.CharField(label="En une phrase", max_length=300, required=False)
    rules_text = forms.CharField(
        label="Règlement", widget=forms.Textarea({"rows": 8}), help_text="Une ligne vide sépare deux paragraphes."
    )
    opens_at = ParisDateTimeField(label="Ouvre le", help_text="Heure de Paris.")
    closes_at = ParisDateTimeField(label="Ferme le", help_text="Heure de Paris. Une seconde après, c’est trop tard.")
    projects_from = DayField(label="Projets du")
    projects_until = DayField(label="Projets au")
    committee_on = DayField(label="Comité de pilotage le", required=False)
    contact_email = forms.EmailField(label="Adresse de contact")
    geography = forms.ModelChoiceField(
        Geography.objects.none(), label="Quartiers prioritaires", to_field_name="code", empty_label=None
    )
    contract = forms.ModelChoiceField(
        Contract.objects.none(), label="Contrat de ville", to_field_name="code", empty_label=None
    )
    objectives = forms.ModelMultipleChoiceField(
        Objective.objects.none(), label="Objectifs du contrat", to_field_name="code", required=False
    )

    def __init__(self, *args: Any, call: Call | None = None, **kwargs: Any) -> None:
        self.call = call
        kwargs.setdefault("initial", self.first_values(call))
        super().__init__(*args, **kwargs)
        self.contracts = list(selectors.living_contracts())
        self.fields["geography"].queryset = selectors.living_geographies()  # type: ignore[attr-defined]
        self.fields["contract"].queryset = selectors.living_contracts()  # type: ignore[attr-defined]
        self.fields["objectives"].queryset = selectors.living_objectives()  # type: ignore[attr-defined]
        if call:
            del self.fields["code"], self.fields["year"], self.fields["contract"]

    @staticmethod
    def first_values(call: Call | None) -> dict[str, Any]:
        if call is None:
            return {"rules_text": STANDARD_RULES}
        names = ("title", "summary", "rules_text", "opens_at", "closes_at", "projects_from", "projects_until")
        values = {name: getattr(call, name) for name in (*names, "committee_on", "contact_email")}
        return {**values, "geography": call.geography.code, "objectives": [o.code for o in call.objectives.all()]}

    def trees(self) -> Iterator[tuple[Contract, list[tuple[Objective, bool]]]]:
        """Each contract with its tree of objectives in reading order, and whether each is chosen."""
        chosen = set(self["objectives"].value() or [])
        for contract in self.contracts:
            if self.call is None or contract.pk == self.call.contract_id:
                tree = sorted(contract.objectives.all(), key=lambda knot: knot.path)
                yield contract, [(knot, knot.code in chosen) for knot in tree]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code == "nouveau":
            raise forms.ValidationError("Ce mot sert déjà à une page. Choisissez par exemple l’année.")
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        contract = self.call.contract if self.call else data.get("contract")
        if contract and any(knot.contract_id != contract.pk for knot in data.get("objectives", ())):
            self.add_error("objectives", "Ces objectifs sont d’un autre contrat que celui de l’appel.")
        first, last = data.get("projects_from"), data.get("projects_until")
        if first and last and last < first:
            self.add_error("projects_until", "Les projets finiraient avant de commencer.")
        return data

    def serve(self, by: Any) -> Call:
        if self.call is None:
            return services.open_call(**self.cleaned_data, by=by)
        return services.change_call(self.call, **self.cleaned_data, by=by)


class PublishedCallForm(ServiceForm):
    """What may still change of a published call."""

    closes_at = ParisDateTimeField(label="Ferme le", help_text="Plus tard, jamais plus tôt. Heure de Paris.")
    committee_on = DayField(label="Comité de pilotage le", required=False)
    contact_email = forms.EmailField(label="Adresse de contact")

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        self.call = call
        kwargs.setdefault("initial", {name: getattr(call, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)

    def serve(self, by: Any) -> Call:
        return services.change_call(self.call, **self.cleaned_data, by=by)


def call_form(call: Call, data: QueryDict | None = None) -> CallForm | PublishedCallForm:
    return (CallForm if call.state == CallState.DRAFT else PublishedCallForm)(data, call=call)


class EnvelopeForm(ServiceForm):
    """A funder's money of one kind: one more column of the committee's table."""

    funder = forms.ModelChoiceField(
        Organisation.objects.none(), label="Financeur", to_field_name="code", empty_label="Choisir"
    )
    kind = forms.ChoiceField(label="Nature de l’argent", choices=MoneyKind, widget=Marks)
    short_name = forms.CharField(
        label="Nom court", max_length=24, help_text="En tête de la colonne du comité : État, CAF."
    )
    amount = AmountField(label="Montant", min_cents=1)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        self.call = call
        super().__init__(*args, **{"prefix": "new", **kwargs})
        self.fields["funder"].queryset = selectors.possible_funders()  # type: ignore[attr-defined]

    def serve(self, by: Any) -> Envelope:
        data = {**self.cleaned_data, "amount_cents": self.cleaned_data["amount"]}
        del data["amount"]
        return services.add_envelope(self.call, **data, by=by)


class ResizeForm(ServiceForm):
    """Another amount for an envelope."""

    amount = AmountField(label="Nouveau montant")

    def __init__(self, *args: Any, envelope: Envelope, **kwargs: Any) -> None:
        self.envelope = envelope
        kwargs.setdefault("initial", {"amount": envelope.amount_cents})
        super().__init__(*args, **{"prefix": envelope.code, **kwargs})

    def serve(self, by: Any) -> Envelope:
        return funding.resize(self.envelope, self.cleaned_data["amount"], by=by)


# ---------------------------------------------------------------------------------------------- the list
class FileFilter(forms.Form):
    """The list's filters, read from its address. What is not offered there is passed over."""

    q = forms.CharField(label="Chercher", required=False, max_length=80, help_text="")
    etat = forms.ChoiceField(label="État", required=False)
    quartier = forms.ChoiceField(label="Quartier", required=False)
    objectif = forms.ChoiceField(label="Objectif", required=False)
    enveloppe = forms.ChoiceField(label="Enveloppe", required=False)
    tri = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[(f"{sign}{key}", key) for key in SORTS for sign in ("", "-")],
    )

    def __init__(self, data: QueryDict, *, call: Call, envelopes: Sequence[Envelope] | None = None) -> None:
        super().__init__(data)
        states = [choice for choice in ApplicationState.choices if choice[0] not in NEVER_SENT]
        self.fields["etat"].choices = [("", "Tous"), *states]  # type: ignore[attr-defined]
        self.fields["quartier"].choices = [("", "Tous"), *_pairs(call.geography.neighbourhoods.all(), "name")]  # type: ignore[attr-defined]
        self.fields["objectif"].choices = [("", "Tous"), *_pairs(call.objectives.order_by("path"), "title")]  # type: ignore[attr-defined]
        envelopes = selectors.call_envelopes(call) if envelopes is None else envelopes
        self.fields["enveloppe"].choices = [("", "Toutes"), *((e.code, short(e)) for e in envelopes)]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        self.is_valid()
        data = self.cleaned_data
        return Wanted(
            state=data.get("etat", ""),
            neighbourhood=data.get("quartier", ""),
            objective=data.get("objectif", ""),
            envelope=data.get("enveloppe", ""),
            text=data.get("q", "").strip(),
            sort=data.get("tri") or DEFAULT_SORT,
        )


def wanted_of(data: QueryDict) -> Wanted:
    """The same wish read without asking what is offered: for the neighbours of one application."""
    sort = data.get("tri", "")
    return Wanted(
        state=data.get("etat", ""),
        neighbourhood=data.get("quartier", ""),
        objective=data.get("objectif", ""),
        envelope=data.get("enveloppe", ""),
        text=data.get("q", "").strip()[:80],
        sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
    )


def _pairs(rows: Iterable[Neighbourhood | Objective], name: str) -> list[tuple[str, str]]:
    return [(row.code, getattr(row, name)) for row in rows]


def short(envelope: Envelope) -> str:
    return f"{envelope.short_name}, {envelope.get_kind_display()}"


# ---------------------------------------------------------------------------------------------- instruction
class RejectForm(ServiceForm):
    """Why an application cannot be examined."""

    reason = forms.CharField(
        label="Pourquoi ce dossier n’est pas recevable",
        widget=forms.Textarea({"rows": 3}),
        help_text="L’association lira ces mots dans son courrier.",
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        self.application = application
        super().__init__(*args, **kwargs)

    def serve(self, by: Any) -> Application:
        return services.reject(self.application, **self.cleaned_data, by=by)


class AskForm(ServiceForm):
    """What is missing, and until when it may come."""

    text = forms.CharField(label="Ce qui manque", widget=forms.Textarea({"rows": 3}))
    due_on = DayField(label="À fournir avant le")

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        self.application = application
        super().__init__(*args, **kwargs)

    def serve(self, by: Any) -> Any:
        return services.ask_for_piece(self.application, **self.cleaned_data, by=by)


class OpinionForm(ServiceForm):
    """One funder's opinion, with an amount for each of its own envelopes (R-INS-01, R-INS-02)."""

    verdict = forms.ChoiceField(label="Votre avis", choices=Verdict, widget=Marks)
    reason = forms.CharField(
        label="Pourquoi",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Obligatoire si l’avis n’est pas favorable.",
    )

    def __init__(
        self,
        *args: Any,
        application: Application,
        funder: Organisation,
        lines: Sequence[FundingLine],
        opinion: Opinion | None = None,
        **kwargs: Any,
    ) -> None:
        self.application, self.funder, self.lines = application, funder, lines
        kwargs.setdefault("initial", self.first_values(opinion))
        super().__init__(*args, **{"prefix": funder.code, **kwargs})
        for line in lines:
            self.fields[f"proposed-{line.envelope.code}"] = AmountField(
                label=f"Vous proposez, {line.envelope.get_kind_display()}",
                help_text=f"sur {money.format_amount(line.asked_cents)} demandés",
                initial=line.seen_cents,  # type: ignore[attr-defined]
            )

    @staticmethod
    def first_values(opinion: Opinion | None) -> dict[str, str]:
        return {"verdict": opinion.verdict, "reason": opinion.reason} if opinion else {}

    def clean(self) -> dict[str, Any]:
        """An unfavourable opinion proposes nothing: its amounts may stay empty."""
        data = super().clean() or {}
        if data.get("verdict") == Verdict.UNFAVOURABLE:
            for bound, _ in self.amounts():
                if not str(bound.value() or "").strip():
                    self.errors.pop(bound.name, None)
                    data[bound.name] = 0
        return data

    def amounts(self) -> Iterator[tuple[forms.BoundField, FundingLine]]:
        for line in self.lines:
            yield self[f"proposed-{line.envelope.code}"], line

    def serve(self, by: Any) -> Opinion:
        data = self.cleaned_data
        amounts = {line.envelope.code: data[f"proposed-{line.envelope.code}"] for line in self.lines}
        return services.write_opinion(
            self.application, self.funder, verdict=data["verdict"], reason=data["reason"], amounts=amounts, by=by
        )


# ---------------------------------------------------------------------------------------------- the committee
class DecisionForm(ServiceForm):
    """One cell of the committee's table: an amount, 0 for a refusal, empty to leave it open.

    After a refusal ``way_out_cents`` is what could be written instead, and ``conflict`` what stands there now.
    """

    amount = AmountField(label="Montant décidé", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    refusal: Refusal | None = None
    typed_cents = 0

    def __init__(self, *args: Any, line: FundingLine, **kwargs: Any) -> None:
        self.line = line
        kwargs.setdefault("initial", {"amount": line.decided_cents, "version": line.version})
        super().__init__(*args, **kwargs)

    def serve(self, by: Any) -> FundingLine:
        data = self.cleaned_data
        self.typed_cents = data["amount"] or 0
        try:
            return services.decide(self.line, data["amount"], version=data["version"], by=by)
        except NotAllowed:
            raise
        except Refusal as refusal:
            self.refusal = refusal
            raise Refusal(refusal.message, field="amount") from refusal

    @property
    def conflict(self) -> Conflict | None:
        return self.refusal if isinstance(self.refusal, Conflict) else None

    @property
    def way_out_cents(self) -> int:
        """The most that this cell can take, when what was typed was too much; 0 when there is no way out."""
        most = min(self.line.asked_cents, self.line.envelope.free_cents + (self.line.decided_cents or 0))
        return most if self.typed_cents > most and not self.conflict else 0


class NotifyForm(ServiceForm):
    """The letters that were read and may leave. Only those that stood on the page are sent."""

    dossier = forms.MultipleChoiceField(label="Lettres à envoyer", widget=forms.CheckboxSelectMultiple)
    read = forms.BooleanField(label="J’ai relu ces lettres : elles peuvent partir.")

    def __init__(self, *args: Any, applications: Sequence[Application], **kwargs: Any) -> None:
        self.applications = applications
        super().__init__(*args, **kwargs)
        self.fields["dossier"].choices = [(row.code, row.reference) for row in applications]  # type: ignore[attr-defined]
        self.fields["dossier"].error_messages |= {
            "required": "Choisissez au moins une lettre.",
            "invalid_choice": "Une de ces lettres n’est plus prête : elle a changé depuis que la page est ouverte. "
            "Aucune n’est partie, relisez la liste.",
        }
        self.fields["read"].error_messages["required"] = "Relisez les lettres, puis cochez cette case."

    def serve(self, by: Any) -> int:
        chosen = set(self.cleaned_data["dossier"])
        return services.notify([row for row in self.applications if row.code in chosen], by=by)
