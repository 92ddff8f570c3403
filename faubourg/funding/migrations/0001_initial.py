import django.db.models.deletion
import faubourg.core.clock
import faubourg.core.models
from django.db import migrations, models

from faubourg.funding.triggers import TRIGGERS


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partners', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('B'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('typed', models.JSONField(blank=True, default=dict, verbose_name='montants illisibles, tels que tapés')),
                ('indirect_rule', models.CharField(blank=True, max_length=400, verbose_name='règle de répartition des charges indirectes')),
            ],
            options={
                'verbose_name': 'budget',
            },
        ),
        migrations.CreateModel(
            name='Envelope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('E'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('earmarked', 'crédits spécifiques'), ('ordinary', 'droit commun')], max_length=9, verbose_name='nature')),
                ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                ('short_name', models.CharField(max_length=24, verbose_name='nom court')),
                ('amount_cents', models.BigIntegerField(verbose_name='montant')),
                ('committed_cents', models.BigIntegerField(default=0, editable=False, verbose_name='engagé')),
                ('funder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='envelopes', to='partners.organisation', verbose_name='financeur')),
            ],
            options={
                'verbose_name': 'enveloppe',
                'ordering': ['year', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_cents__gte', 0)), name='funding_envelope_not_negative'), models.CheckConstraint(condition=models.Q(('committed_cents__gte', 0)), name='funding_committed_not_negative'), models.CheckConstraint(condition=models.Q(('committed_cents__lte', models.F('amount_cents'))), name='funding_envelope_not_overdrawn')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('G'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('thing', models.CharField(db_index=True, max_length=48, verbose_name='pour')),
                ('amount_cents', models.BigIntegerField(verbose_name='montant')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='engagé le')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='libéré le')),
                ('envelope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='funding.envelope')),
            ],
            options={
                'verbose_name': 'engagement',
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('released_at__isnull', True)), fields=['envelope', 'amount_cents'], name='funding_live_sum')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_cents__gt', 0)), name='funding_commitment_positive')],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=12, verbose_name='compte')),
                ('slot', models.PositiveSmallIntegerField(default=1, verbose_name='rang')),
                ('label', models.CharField(blank=True, max_length=120, verbose_name='précision')),
                ('amount_cents', models.BigIntegerField(verbose_name='montant')),
                ('co_funding', models.CharField(blank=True, choices=[('obtained', 'obtenue'), ('pending', 'demandée')], max_length=8, verbose_name='état de l’aide')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='funding.budget')),
            ],
            options={
                'verbose_name': 'ligne de budget',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_cents__gte', 0)), name='funding_line_not_negative'), models.UniqueConstraint(fields=('budget', 'account', 'slot'), name='funding_one_line')],
            },
        ),
        *TRIGGERS,
    ]
