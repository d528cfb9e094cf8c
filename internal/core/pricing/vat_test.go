package pricing

import (
	"testing"

	"kontor/internal/core/money"
)

func TestWhatAKindOfVATComesTo(t *testing.T) {
	swiss, country := money.Percent(8), money.Percent(22)
	for kind, want := range map[VATKind]VAT{
		NoVAT: {Treatment: VATExcluded}, SwissVAT: {VATAdded, swiss}, CountryVAT: {VATAdded, country}, ReverseCharge: {Treatment: VATReverse},
		"added": {}, "": {}, // neither is a kind, and Validate refuses both
	} {
		if got := kind.VAT(swiss, country); got != want {
			t.Errorf("%q: %+v, want %+v", kind, got, want)
		}
	}
}
