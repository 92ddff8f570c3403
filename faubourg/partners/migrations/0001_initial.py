import django.db.models.deletion
import faubourg.core.clock
import faubourg.core.models
from django.conf import settings
from django.db import migrations, models

from faubourg.partners.triggers import TRIGGERS


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('territory', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=24, unique=True, verbose_name='code')),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(verbose_name='au')),
                ('summary', models.TextField(blank=True, verbose_name='présentation')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('is_example', models.BooleanField(default=False, verbose_name='inventé pour l’exemple')),
            ],
            options={
                'verbose_name': 'contrat de ville',
                'verbose_name_plural': 'contrats de ville',
                'ordering': ['-starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='partners_contract_dates'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='partners_contract_titled')],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_on', models.DateField(verbose_name='signé le')),
                ('title', models.CharField(max_length=200, verbose_name='objet')),
                ('new_end', models.DateField(blank=True, null=True, verbose_name='nouvelle fin')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='partners.contract')),
            ],
            options={
                'verbose_name': 'avenant',
                'ordering': ['signed_on'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.CharField(default='', editable=False, max_length=320, verbose_name='nom sans accents')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('O'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=160, verbose_name='nom')),
                ('kind', models.CharField(choices=[('association', 'association'), ('agglomeration', 'agglomération'), ('municipality', 'commune'), ('state', 'service de l’État'), ('region', 'Région'), ('department', 'Département'), ('social_body', 'organisme social'), ('landlord', 'bailleur social'), ('employment', 'service de l’emploi'), ('school', 'établissement scolaire'), ('company', 'entreprise'), ('council', 'conseil citoyen'), ('other', 'autre organisme')], max_length=16, verbose_name='nature')),
                ('siret', models.CharField(blank=True, max_length=14, verbose_name='SIRET')),
                ('rna', models.CharField(blank=True, max_length=10, verbose_name='numéro RNA')),
                ('website', models.URLField(blank=True, verbose_name='site')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='présentation')),
                ('logo_alt', models.CharField(blank=True, max_length=120, verbose_name='ce que dit le logo')),
                ('is_example', models.BooleanField(default=False, verbose_name='inventé pour l’exemple')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='créé le')),
                ('logo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='documents.storedfile', verbose_name='logo')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='doubles', to='partners.organisation', verbose_name='double de')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='territory.municipality', verbose_name='commune')),
            ],
            options={
                'verbose_name': 'organisme',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('siret', ''), _negated=True), fields=('siret',), name='partners_one_siret'), models.UniqueConstraint(condition=models.Q(('rna', ''), _negated=True), fields=('rna',), name='partners_one_rna'), models.CheckConstraint(condition=models.Q(('logo__isnull', True), models.Q(('logo_alt', ''), _negated=True), _connector='OR'), name='partners_logo_said'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='partners_no_double_of_itself')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('M'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('moved', models.JSONField(default=dict, verbose_name='ce qui a été déplacé')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='créé le')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='défaite le')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='définitive le')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_away', to='partners.organisation')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_here', to='partners.organisation')),
            ],
            options={
                'verbose_name': 'fusion',
                'ordering': ['-made_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('source',), name='partners_merged_once'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='partners_merge_of_two'), models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), ('settled_at__isnull', True), _connector='OR'), name='partners_merge_ends_once')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('A'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('role', models.CharField(choices=[('officer', 'chargé de mission'), ('funder', 'financeur'), ('elected', 'élu'), ('signer', 'signataire'), ('member', 'membre'), ('council', 'membre du conseil citoyen'), ('company', 'représentant d’entreprise'), ('editor', 'rédaction du site')], max_length=8, verbose_name='rôle')),
                ('title', models.CharField(blank=True, max_length=80, verbose_name='fonction')),
                ('state', models.CharField(choices=[('claimed', 'à confirmer'), ('confirmed', 'confirmée'), ('refused', 'refusée'), ('ended', 'terminée')], default='claimed', max_length=9, verbose_name='état')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='créé le')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='décidée le')),
                ('decided_by', models.CharField(blank=True, max_length=24, verbose_name='décidée par')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('starts_on', models.DateField(verbose_name='depuis le')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                ('end_told', models.DateField(blank=True, editable=False, null=True, verbose_name='fin annoncée')),
                ('proof', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='documents.storedfile', verbose_name='justificatif')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='partners.organisation')),
            ],
            options={
                'verbose_name': 'appartenance',
                'ordering': ['made_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['claimed', 'confirmed'])), fields=('user', 'organisation', 'role'), name='partners_one_live_membership'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='partners_membership_dates'), models.CheckConstraint(condition=models.Q(('state', 'claimed'), ('decided_at__isnull', False), _connector='OR'), name='partners_membership_decision_dated')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('I'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse électronique')),
                ('role', models.CharField(choices=[('officer', 'chargé de mission'), ('funder', 'financeur'), ('elected', 'élu'), ('signer', 'signataire'), ('member', 'membre'), ('council', 'membre du conseil citoyen'), ('company', 'représentant d’entreprise'), ('editor', 'rédaction du site')], max_length=8, verbose_name='rôle')),
                ('title', models.CharField(blank=True, max_length=80, verbose_name='fonction')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                ('invited_by', models.CharField(max_length=24, verbose_name='invitée par')),
                ('state', models.CharField(choices=[('waiting', 'en attente'), ('accepted', 'acceptée'), ('withdrawn', 'retirée')], default='waiting', max_length=9, verbose_name='état')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='empreinte du jeton')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='créé le')),
                ('sent_at', models.DateTimeField(verbose_name='envoyée le')),
                ('expires_at', models.DateTimeField(verbose_name='expire le')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='partners.organisation')),
            ],
            options={
                'verbose_name': 'invitation',
                'ordering': ['made_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('organisation', 'email', 'role'), name='partners_one_waiting_invitation'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('sent_at'))), name='partners_invitation_expires_later')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('K'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('title', models.CharField(max_length=80, verbose_name='fonction')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='nom')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone')),
                ('checked_on', models.DateField(default=faubourg.core.clock.today, editable=False, verbose_name='vérifié le')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='partners.organisation')),
            ],
            options={
                'verbose_name': 'contact',
                'ordering': ['title', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('email', ''), _negated=True), models.Q(('phone', ''), _negated=True), _connector='OR'), name='partners_contact_reached_somehow'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='partners_contact_has_a_function')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.CharField(default='', editable=False, max_length=320, verbose_name='nom sans accents')),
                ('name', models.CharField(max_length=160, verbose_name='nom')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='depuis le')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='partners.organisation')),
            ],
            options={
                'verbose_name': 'nom porté',
                'ordering': [models.OrderBy(models.F('valid_from'), nulls_first=True), 'pk'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'valid_from'), name='partners_one_name_a_day'), models.UniqueConstraint(condition=models.Q(('valid_from__isnull', True)), fields=('organisation',), name='partners_one_first_name'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='partners_name_written')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='signé le')),
                ('name_then', models.CharField(blank=True, max_length=160, verbose_name='nom à cette date')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='partners.contract')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='partners.organisation')),
            ],
            options={
                'verbose_name': 'signataire',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('contract', 'organisation'), name='partners_one_signature_a_contract')],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('DEL'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('starts_on', models.DateField(verbose_name='à partir du')),
                ('ends_on', models.DateField(verbose_name='jusqu’au')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='créé le')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations_given', to='partners.membership')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations_held', to='partners.membership')),
            ],
            options={
                'verbose_name': 'délégation de signature',
                'ordering': ['starts_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='partners_delegation_dates'), models.CheckConstraint(condition=models.Q(('giver', models.F('receiver')), _negated=True), name='partners_delegation_to_another')],
            },
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('OBJ'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('level', models.CharField(blank=True, max_length=40, verbose_name='niveau')),
                ('title', models.CharField(max_length=200, verbose_name='intitulé')),
                ('slug', models.SlugField(max_length=60, verbose_name='nom dans les adresses')),
                ('summary', models.TextField(blank=True, verbose_name='présentation')),
                ('path', models.CharField(editable=False, max_length=120, verbose_name='chemin')),
                ('icon', models.SlugField(blank=True, max_length=24, verbose_name='pictogramme')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='partners.contract')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='children', to='partners.objective')),
            ],
            options={
                'verbose_name': 'objectif',
                'ordering': ['contract', 'path'],
                'constraints': [models.UniqueConstraint(fields=('contract', 'path'), name='partners_one_path'), models.UniqueConstraint(fields=('contract', 'slug'), name='partners_one_objective_slug'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='partners_objective_titled')],
            },
        ),
        *TRIGGERS,
    ]
