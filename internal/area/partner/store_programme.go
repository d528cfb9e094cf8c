package partner

import (
	"context"
	"encoding/json"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// readVATRates returns the organization's Swiss VAT rates, or the shipped ones, with their version.
func readVATRates(ctx context.Context, q sqlite.Queryer, organization string) (rates pricing.VATRates, version int64, err error) {
	text := ""
	_, err = sqlite.One(ctx, q, func(r sqlite.Row) (none struct{}, err error) {
		return none, r.Scan(&text, &version)
	}, `SELECT rates, version FROM partner_vat WHERE organization_id = ?`, organization)
	if fault.CodeOf(err) == fault.NotFound {
		return pricing.ShippedVATRates(), 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	return rates, version, json.Unmarshal([]byte(text), &rates)
}

// writeVATRates keeps the rates if the version that the person saw still holds.
func writeVATRates(ctx context.Context, tx *sqlite.Tx, organization string, rates pricing.VATRates, version int64) error {
	text, err := json.Marshal(rates)
	if err != nil {
		return err
	}
	return sqlite.Changed(tx.ExecContext(ctx, `
		INSERT INTO partner_vat (organization_id, rates, updated_at)
		SELECT ?1, ?2, ?3 WHERE ?4 = 0 OR EXISTS (SELECT 1 FROM partner_vat WHERE organization_id = ?1)
		ON CONFLICT (organization_id) DO UPDATE SET rates = ?2, version = version + 1, updated_at = ?3 WHERE version = ?4`,
		organization, string(text), sqlite.Millis(tx.Now), version))
}

// readProgramme returns the organization's figures of the programme, or the shipped ones.
func readProgramme(ctx context.Context, q sqlite.Queryer, organization string) (pricing.Programme, error) {
	p, err := sqlite.One(ctx, q, func(r sqlite.Row) (p pricing.Programme, err error) {
		return p, r.Scan(&p.VolumeCHF, &p.FeeCHF, money.CurrencyColumn(&p.VolumeCHF, &p.FeeCHF),
			&p.VolumeEUR, &p.FeeEUR, money.CurrencyColumn(&p.VolumeEUR, &p.FeeEUR), &p.PayoutDays, &p.Version)
	}, `SELECT volume_chf, fee_chf, 'CHF', volume_eur, fee_eur, 'EUR', payout_days, version FROM partner_programme WHERE organization_id = ?`, organization)
	if fault.CodeOf(err) == fault.NotFound {
		return pricing.ShippedProgramme(), nil
	}
	return p, err
}

// writeProgramme keeps the figures if the version that the person saw still holds.
func writeProgramme(ctx context.Context, tx *sqlite.Tx, organization string, p pricing.Programme) error {
	return sqlite.Changed(tx.ExecContext(ctx, `
		INSERT INTO partner_programme (organization_id, volume_chf, volume_eur, fee_chf, fee_eur, payout_days, updated_at)
		SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE ?8 = 0 OR EXISTS (SELECT 1 FROM partner_programme WHERE organization_id = ?1)
		ON CONFLICT (organization_id) DO UPDATE SET volume_chf = ?2, volume_eur = ?3, fee_chf = ?4, fee_eur = ?5, payout_days = ?6,
			version = version + 1, updated_at = ?7
		WHERE version = ?8`,
		organization, p.VolumeCHF, p.VolumeEUR, p.FeeCHF, p.FeeEUR, p.PayoutDays, sqlite.Millis(tx.Now), p.Version))
}
