package pricing

import "kontor/internal/core/money"

// Limits of the programme's figures.
const (
	MaxVolume     = "100000000" // a year, in either currency
	MaxPayoutFee  = "1000"      // in either currency
	MaxPayoutDays = 180
)

// Programme is what the partner programme asks for, and what becomes of cashback.
type Programme struct {
	VolumeCHF, VolumeEUR money.Amount // to be managed in a year
	FeeCHF, FeeEUR       money.Amount // of a payout from the prepaid account
	PayoutDays           int          // from an invoice to its cashback
	Version              int64        // 0 while the shipped figures apply
}

// ShippedProgramme has the published volumes. Nothing is published about fees and days of payouts: they are none.
func ShippedProgramme() Programme {
	return Programme{
		VolumeCHF: money.Must(money.ParseAmount("2000", money.CHF)), VolumeEUR: money.Must(money.ParseAmount("1800", money.EUR)),
		FeeCHF: money.Zero(money.CHF), FeeEUR: money.Zero(money.EUR),
	}
}

// Volume is what has to be managed in a year, in a currency.
func (p Programme) Volume(c money.Currency) money.Amount {
	if c == money.EUR {
		return p.VolumeEUR
	}
	return p.VolumeCHF
}

// Fee is what a payout costs in a currency.
func (p Programme) Fee(c money.Currency) money.Amount {
	if c == money.EUR {
		return p.FeeEUR
	}
	return p.FeeCHF
}
