import django.db.models.deletion
import faubourg.core.clock
import faubourg.core.models
from django.db import migrations, models

from faubourg.calls.triggers import TRIGGERS


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('funding', '0001_initial'),
        ('notifications', '0001_initial'),
        ('partners', '0001_initial'),
        ('projects', '0001_initial'),
        ('questions', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=24, unique=True, verbose_name='code')),
                ('year', models.PositiveSmallIntegerField(verbose_name='année des projets')),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='en une phrase')),
                ('rules_text', models.TextField(verbose_name='règlement')),
                ('opens_at', models.DateTimeField(verbose_name='ouvre le')),
                ('closes_at', models.DateTimeField(verbose_name='ferme le')),
                ('projects_from', models.DateField(verbose_name='projets du')),
                ('projects_until', models.DateField(verbose_name='projets au')),
                ('committee_on', models.DateField(blank=True, null=True, verbose_name='comité de pilotage le')),
                ('contact_email', models.EmailField(max_length=254, verbose_name='adresse de contact')),
                ('state', models.CharField(choices=[('draft', 'en préparation'), ('published', 'publié'), ('committee', 'en comité'), ('announced', 'résultats publiés')], default='draft', max_length=9, verbose_name='état')),
                ('opinions_shared_at', models.DateTimeField(blank=True, null=True, verbose_name='avis partagés le')),
                ('announced_at', models.DateTimeField(blank=True, null=True, verbose_name='résultats publiés le')),
                ('last_rank', models.PositiveIntegerField(default=0, editable=False, verbose_name='dernier numéro de dossier')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='créé le')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='partners.contract')),
                ('geography', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='territory.geography')),
                ('objectives', models.ManyToManyField(related_name='calls', to='partners.objective', verbose_name='objectifs')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='questions.questionnaire')),
            ],
            options={
                'verbose_name': 'appel à projets',
                'verbose_name_plural': 'appels à projets',
                'ordering': ['-year', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='calls_closes_after_opening'), models.CheckConstraint(condition=models.Q(('projects_until__gte', models.F('projects_from'))), name='calls_project_period'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'announced'), _negated=True), ('announced_at__isnull', False), _connector='OR'), name='calls_announced_dated')],
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.CharField(default='', editable=False, max_length=320, verbose_name='nom sans accents')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('D'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('reference', models.CharField(blank=True, max_length=24, verbose_name='référence')),
                ('state', models.CharField(choices=[('draft', 'brouillon'), ('submitted', 'déposé'), ('info_requested', 'pièce demandée'), ('inadmissible', 'non recevable'), ('admissible', 'recevable'), ('decided', 'décidé'), ('notified', 'notifié'), ('withdrawn', 'retiré')], default='draft', max_length=14, verbose_name='état')),
                ('title', models.CharField(blank=True, max_length=160, verbose_name='titre du projet')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='le projet en une phrase')),
                ('people_expected', models.PositiveIntegerField(blank=True, null=True, verbose_name='personnes attendues')),
                ('people_qpv', models.PositiveIntegerField(blank=True, null=True, verbose_name='dont habitants des quartiers')),
                ('public', models.CharField(blank=True, max_length=300, verbose_name='public')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='début')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='fin')),
                ('asked_cents', models.BigIntegerField(default=0, editable=False, verbose_name='demandé en tout')),
                ('typed', models.JSONField(blank=True, default=dict, verbose_name='valeurs illisibles, telles que tapées')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='créé le')),
                ('made_by', models.CharField(max_length=24, verbose_name='commencé par')),
                ('saved_at', models.DateTimeField(blank=True, null=True, verbose_name='enregistré le')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='déposé le')),
                ('sworn_by', models.CharField(blank=True, max_length=24, verbose_name='attesté par')),
                ('sworn_at', models.DateTimeField(blank=True, null=True, verbose_name='attesté le')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='décidé le')),
                ('inadmissible_reason', models.CharField(blank=True, max_length=500, verbose_name='motif de non-recevabilité')),
                ('answers', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='application', to='questions.answersheet')),
                ('budget', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='application', to='funding.budget')),
                ('neighbourhoods', models.ManyToManyField(blank=True, related_name='applications', to='territory.neighbourhood', verbose_name='quartiers')),
                ('objectives', models.ManyToManyField(blank=True, related_name='applications', to='partners.objective', verbose_name='objectifs')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='partners.organisation')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='projects.project')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='calls.call')),
            ],
            options={
                'verbose_name': 'dossier',
                'ordering': ['-submitted_at', '-pk'],
                'indexes': [models.Index(fields=['call', 'state', '-submitted_at'], name='calls_app_call_state_sub'), models.Index(fields=['call', '-submitted_at', '-id', 'state', 'asked_cents'], name='calls_app_by_date'), models.Index(fields=['call', 'asked_cents', 'id', 'state'], name='calls_app_by_amount'), models.Index(fields=['organisation', 'state'], name='calls_app_org_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('call', 'reference'), name='calls_one_reference'), models.UniqueConstraint(condition=models.Q(('state__in', ('withdrawn', 'inadmissible')), _negated=True), fields=('call', 'project'), name='calls_one_application_of_a_project'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'withdrawn']), models.Q(('submitted_at__isnull', False), ('sworn_at__isnull', False), models.Q(('reference', ''), _negated=True), models.Q(('sworn_by', ''), _negated=True)), _connector='OR'), name='calls_submitted_is_sworn_and_referenced'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'inadmissible'), _negated=True), models.Q(('inadmissible_reason', ''), _negated=True), _connector='OR'), name='calls_inadmissible_has_reason'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='calls_application_dates')],
            },
        ),
        migrations.CreateModel(
            name='CallEnvelope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='rang')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='envelopes', to='calls.call')),
                ('envelope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='call_link', to='funding.envelope')),
            ],
            options={
                'verbose_name': 'enveloppe de l’appel',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FundingLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_cents', models.BigIntegerField(default=0, verbose_name='demandé')),
                ('decided_cents', models.BigIntegerField(blank=True, null=True, verbose_name='décidé')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='décidé le')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='calls.application')),
                ('commitment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='line', to='funding.commitment', verbose_name='engagement')),
                ('envelope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='funding.envelope')),
            ],
            options={
                'verbose_name': 'ligne de financement',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('application', 'envelope'), name='calls_one_line_an_envelope'), models.CheckConstraint(condition=models.Q(('asked_cents__gte', 0)), name='calls_asked_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('commitment__isnull', True), ('decided_at__isnull', True), ('decided_cents__isnull', True)), models.Q(('commitment__isnull', True), ('decided_at__isnull', False), ('decided_cents', 0)), models.Q(('commitment__isnull', False), ('decided_at__isnull', False), ('decided_cents__gt', 0)), _connector='OR'), name='calls_decided_goes_with_commitment')],
            },
        ),
        migrations.CreateModel(
            name='InformationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('C'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('text', models.TextField(verbose_name='ce qui manque')),
                ('due_on', models.DateField(verbose_name='à fournir avant le')),
                ('asked_at', models.DateTimeField(verbose_name='demandé le')),
                ('asked_by', models.CharField(max_length=24, verbose_name='demandé par')),
                ('answer', models.TextField(blank=True, verbose_name='réponse')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondu le')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='calls.application')),
            ],
            options={
                'verbose_name': 'demande de compléments',
                'verbose_name_plural': 'demandes de compléments',
                'ordering': ['asked_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('application',), name='calls_one_open_request')],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('favourable', 'favorable'), ('reserved', 'réservé'), ('unfavourable', 'défavorable')], max_length=12, verbose_name='avis')),
                ('reason', models.TextField(blank=True, verbose_name='motif')),
                ('author', models.CharField(max_length=24, verbose_name='écrit par')),
                ('written_at', models.DateTimeField(verbose_name='écrit le')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='calls.application')),
                ('funder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='partners.organisation')),
            ],
            options={
                'verbose_name': 'avis',
                'verbose_name_plural': 'avis',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('application', 'funder'), name='calls_one_opinion_a_funder'), models.CheckConstraint(condition=models.Q(('verdict', 'favourable'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='calls_opinion_gives_its_reason')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('receipt', 'accusé de réception'), ('decision', 'lettre de décision')], max_length=8, verbose_name='papier')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='créé le')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='calls.application')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='paper', to='documents.storedfile')),
                ('mails', models.ManyToManyField(related_name='+', to='notifications.mail', verbose_name='courriers')),
            ],
            options={
                'verbose_name': 'papier',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('application', 'kind'), name='calls_one_paper_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('statutes', 'statuts'), ('bank', 'relevé d’identité bancaire'), ('accounts', 'comptes annuels'), ('report', 'rapport d’activité'), ('other', 'autre pièce')], max_length=8, verbose_name='pièce')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='calls.application')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='piece', to='documents.storedfile')),
                ('request', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pieces', to='calls.informationrequest')),
            ],
            options={
                'verbose_name': 'pièce',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposed_cents', models.BigIntegerField(verbose_name='proposé')),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='proposal', to='calls.fundingline')),
                ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='calls.opinion')),
            ],
            options={
                'verbose_name': 'montant proposé',
                'constraints': [models.CheckConstraint(condition=models.Q(('proposed_cents__gte', 0)), name='calls_proposed_not_negative')],
            },
        ),
        *TRIGGERS,
    ]
