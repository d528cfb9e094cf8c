package input

import "testing"

func TestIsReference(t *testing.T) {
	for text, want := range map[string]bool{
		"RF18 5390 0754 7034": true, "rf18539007547034": true, "RF18000000000539007547034": true,
		"21 00000 00003 13947 14300 09017": true, "210000000003139471430009017": true,
		"RF19 5390 0754 7034": false, "RF18": false, "21 00000 00003 13947 14300 09018": false, "000000000000000000000000000": false,
		"4111 1111 1111 1111": false, "": false, "RFXX 5390": false, "RF18 4111 1111 1111 1111": false, "20614": false,
	} {
		if got := IsReference(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
