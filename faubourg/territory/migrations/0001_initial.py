import django.core.validators
import django.db.models.deletion
import faubourg.core.shapes
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Geography',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=8, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('valid_from', models.DateField(verbose_name='valable du')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valable au')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('licence', models.CharField(max_length=80, verbose_name='licence')),
            ],
            options={
                'verbose_name': 'géographie prioritaire',
                'verbose_name_plural': 'géographies prioritaires',
                'ordering': ['valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='territory_geography_dates')],
            },
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('insee', models.CharField(max_length=5, unique=True, validators=[django.core.validators.RegexValidator('^([0-9]{2}|2[AB])[0-9]{3}\\Z', 'Un code Insee compte cinq signes, par exemple 40088.')], verbose_name='code Insee')),
                ('name', models.CharField(max_length=80, verbose_name='nom')),
                ('siren', models.CharField(max_length=9, unique=True, validators=[django.core.validators.RegexValidator('^[0-9]{9}\\Z', 'Un SIREN compte neuf chiffres.')], verbose_name='SIREN')),
                ('population', models.PositiveIntegerField(verbose_name='habitants')),
                ('postcodes', models.JSONField(blank=True, default=list, verbose_name='codes postaux')),
            ],
            options={
                'verbose_name': 'commune',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(faubourg.core.shapes.Shaped('insee', '[0-9][0-9][0-9][0-9][0-9]'), faubourg.core.shapes.Shaped('insee', '2[AB][0-9][0-9][0-9]'), _connector='OR'), name='territory_insee_shaped'), models.CheckConstraint(condition=faubourg.core.shapes.Shaped('siren', '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'), name='territory_siren_shaped')],
            },
        ),
        migrations.CreateModel(
            name='Neighbourhood',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, unique=True, validators=[django.core.validators.RegexValidator('^Q[PN][0-9A-Z]{6}\\Z', 'Un code de quartier prioritaire ressemble à QN04001M.')], verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='nom')),
                ('slug', models.SlugField(max_length=80, verbose_name='nom dans les adresses')),
                ('outline', models.JSONField(blank=True, null=True, verbose_name='contour GeoJSON, WGS84')),
                ('area_ha', models.DecimalField(blank=True, decimal_places=1, max_digits=7, null=True, verbose_name='hectares')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='présentation')),
                ('geography', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='neighbourhoods', to='territory.geography')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='neighbourhoods', to='territory.municipality')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='following', to='territory.neighbourhood')),
            ],
            options={
                'verbose_name': 'quartier prioritaire',
                'verbose_name_plural': 'quartiers prioritaires',
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('geography', 'slug'), name='territory_one_slug_a_geography'), models.CheckConstraint(condition=faubourg.core.shapes.Shaped('code', 'Q[PN][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]'), name='territory_code_shaped')],
            },
        ),
        migrations.CreateModel(
            name='KeyFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.SlugField(max_length=40, verbose_name='indicateur')),
                ('edition', models.PositiveSmallIntegerField(verbose_name='édition')),
                ('value', models.DecimalField(decimal_places=1, max_digits=12, verbose_name='valeur')),
                ('source', models.CharField(max_length=160, verbose_name='source')),
                ('outline_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='territory.geography', verbose_name='contours de')),
                ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='territory.neighbourhood')),
            ],
            options={
                'verbose_name': 'chiffre clé',
                'verbose_name_plural': 'chiffres clés',
                'ordering': ['indicator', '-edition'],
                'constraints': [models.UniqueConstraint(fields=('neighbourhood', 'indicator', 'edition'), name='territory_one_figure_an_edition'), models.CheckConstraint(condition=models.Q(('indicator__in', ['population', 'under-25', 'over-60', 'employment', 'jobseekers', 'poverty', 'income'])), name='territory_figure_known'), models.CheckConstraint(condition=models.Q(('value__gte', 0), models.Q(models.Q(('indicator__in', ['under-25', 'over-60', 'employment', 'poverty']), _negated=True), ('value__lte', 100), _connector='OR')), name='territory_figure_sensible')],
            },
        ),
    ]
