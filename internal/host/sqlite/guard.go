package sqlite

import (
	"strings"

	"kontor/internal/core/fault"
)

// onlyLooked is what the triggers of a database say that was opened to be looked at.
const onlyLooked = "this workspace can only be looked at"

// guards says what each refusal of a trigger is to a person. A trigger is the last line: most stand behind a check of
// the service and are nil here, because whoever meets one has met a mistake of ours. One that a person can reach has
// the fault that tells her so. A test finds every trigger of the schema here.
var guards = map[string]func(cause error) error{
	"prepaid_ledger: one currency per organization": func(cause error) error {
		return fault.Wrap(cause, fault.Invalid, "").At("currency", "currency_booked")
	},
	"prepaid_ledger: the account is not empty": func(cause error) error {
		return fault.Wrap(cause, fault.Conflict, "prepaid_not_empty")
	},
	"prepaid_ledger: credited already": func(cause error) error {
		return fault.Wrap(cause, fault.Conflict, "credited_already")
	},
	"last legal representative": func(cause error) error {
		return fault.Wrap(cause, fault.Conflict, "last_legal_representative")
	},
	"last keeper of the workspace": func(cause error) error {
		return fault.Wrap(cause, fault.Conflict, "last_keeper")
	},
	"a quote that was sent does not change": func(cause error) error {
		return fault.Wrap(cause, fault.Conflict, "quote_state")
	},
	"prepaid_ledger: the next number was taken":                              nil,
	"prepaid_ledger: the balance does not follow":                            nil,
	"prepaid_ledger: a reversal mirrors its entry":                           nil,
	"prepaid_ledger: paid out already":                                       nil,
	"prepaid_ledger: not the currency of the organization":                   nil,
	"prepaid_ledger: entries are never changed":                              nil,
	"prepaid_ledger: entries are never removed":                              nil,
	"payment_default: an organization has exactly one default":               nil,
	"payment_profile: the default and the prepaid account cannot be removed": nil,
	"payment_profile: id, organization and kind do not change":               nil,
	"a message does not move that way":                                       nil,
	"an edit does not move that way":                                         nil,
	"the journal is append-only":                                             nil,
	"an attempt is not rewritten":                                            nil,
}

// guarded is the fault of a trigger that a person can reach, nil for every other error.
func guarded(err error) error {
	if strings.Contains(err.Error(), onlyLooked) {
		return fault.Wrap(err, fault.Unavailable, ReasonLook)
	}
	for text, refusal := range guards {
		if refusal != nil && strings.Contains(err.Error(), text) {
			return refusal(err)
		}
	}
	return nil
}
