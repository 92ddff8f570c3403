"""How ``{{ form }}`` and ``{{ form.field.as_field_group }}`` are drawn (``FORM_RENDERER``)."""

from django.forms.renderers import TemplatesSetting


class HouseForms(TemplatesSetting):
    """Every form of the house comes out of core/forms/: label, help, what was typed, error beside it."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"
