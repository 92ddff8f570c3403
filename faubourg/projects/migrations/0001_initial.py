import django.db.models.deletion
import faubourg.core.clock
import faubourg.core.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('funding', '0001_initial'),
        ('partners', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('P'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='en une phrase')),
                ('is_example', models.BooleanField(default=False, verbose_name='inventé pour l’exemple')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='créé le')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='partners.organisation', verbose_name='porteur')),
            ],
            options={
                'verbose_name': 'projet',
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='ProjectYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('people_expected', models.PositiveIntegerField(blank=True, null=True, verbose_name='personnes attendues')),
                ('announced_at', models.DateTimeField(blank=True, null=True, verbose_name='rendu public le')),
                ('neighbourhoods', models.ManyToManyField(blank=True, related_name='project_years', to='territory.neighbourhood', verbose_name='quartiers')),
                ('objectives', models.ManyToManyField(related_name='project_years', to='partners.objective', verbose_name='objectifs')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='projects.project')),
            ],
            options={
                'verbose_name': 'année de projet',
                'verbose_name_plural': 'années de projet',
                'ordering': ['-year', 'project__title'],
                'constraints': [models.UniqueConstraint(fields=('project', 'year'), name='projects_one_year'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='projects_year_dates')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='grant', to='funding.commitment')),
                ('project_year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='projects.projectyear')),
            ],
            options={
                'verbose_name': 'aide accordée',
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(decimal_places=1, max_digits=12, verbose_name='valeur')),
                ('unit', models.CharField(max_length=60, verbose_name='unité')),
                ('text', models.CharField(max_length=200, verbose_name='phrase')),
                ('measured', models.CharField(max_length=60, verbose_name='quand')),
                ('source', models.CharField(max_length=160, verbose_name='source')),
                ('is_headline', models.BooleanField(default=False, verbose_name='résultat mis en avant')),
                ('project_year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='projects.projectyear')),
            ],
            options={
                'verbose_name': 'résultat',
                'ordering': ['pk'],
            },
        ),
    ]
