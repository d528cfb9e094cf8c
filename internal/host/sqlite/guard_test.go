package sqlite

import (
	"regexp"
	"testing"

	"kontor/internal/core/fault"
)

// A trigger whose refusal nobody has thought about would reach a person as "Kontor made a mistake".
func TestEveryRefusalOfTheSchemaHasItsPlace(t *testing.T) {
	db := open(t, newPath(t))
	bodies, err := All(t.Context(), db.Reader(), Value[string], "SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, body := range bodies {
		for _, match := range regexp.MustCompile(`RAISE\(\s*\w+\s*,\s*'((?:[^']|'')*)'`).FindAllStringSubmatch(body, -1) {
			found[match[1]] = true
			if _, placed := guards[match[1]]; !placed {
				t.Errorf("%q is in no list: what is it to a person?", match[1])
			}
		}
	}
	for text := range guards {
		if !found[text] {
			t.Errorf("no trigger says %q", text)
		}
	}
}

func TestARefusalThatAPersonCanReachIsCoded(t *testing.T) {
	db := open(t, newPath(t))
	change(t, db, `INSERT INTO organization (id, name, kind, country, currency, street, postcode, place, vat_number, version, created_at, updated_at)
		VALUES ('o', 'Ponteri', 'company', 'CH', 'CHF', '', '', '', '', 1, 0, 0)`)
	change(t, db, `CREATE TEMP TRIGGER booked BEFORE UPDATE OF currency ON organization BEGIN
		SELECT RAISE(ABORT, 'prepaid_ledger: one currency per organization'); END`)
	err := db.Write(t.Context(), func(tx *Tx) error {
		_, err := tx.ExecContext(t.Context(), "UPDATE organization SET currency = 'EUR'")
		return err
	})
	if fault.CodeOf(err) != fault.Invalid || err.Error()[:len("invalid currency:currency_booked")] != "invalid currency:currency_booked" {
		t.Errorf("%v", err)
	}
}
