// Package prepaid keeps the prepaid account of an organization: a ledger that only grows, the orders and invoices it
// pays, the bank transfers and payouts that move its money. It promises that the balance is the sum of the ledger and
// never below zero, that every credit names its cause, and that the way of every transfer can be followed from sent to
// spent.
package prepaid

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
)

// Limits of what a person types.
const (
	MaxNumber = 40
	MaxTitle  = 128
	MaxCause  = 128
	MaxReason = 200
	// MaxAmount is the largest single amount, in whatever currency.
	MaxAmount = "1000000"
)

// Kind says what an entry of the ledger is.
type Kind string

// The kinds. Each moves money between two accounts of the books; see postings.
const (
	TopUp           Kind = "top_up"           // paid in
	Cashback        Kind = "cashback"         // of the partner programme
	Unmatched       Kind = "unmatched"        // a transfer that fitted nothing
	CancelledOrder  Kind = "cancelled_order"  // a transfer for an order that was cancelled meanwhile
	Returned        Kind = "returned"         // what an order had taken from the balance before it was cancelled
	Payment         Kind = "payment"          // of an order or invoice, whole or in part
	PayoutRequested Kind = "payout_requested" // on its way out
	PayoutDone      Kind = "payout_done"      // arrived outside; the balance does not change
	PayoutFailed    Kind = "payout_failed"    // came back
	RenewalPaid     Kind = "renewal"          // of a product that was marked as renewed
	AdjustedUp      Kind = "adjusted_up"      // the Manager showed more than the ledger
	AdjustedDown    Kind = "adjusted_down"    // the Manager showed less
	ReversedIn      Kind = "reversed_in"      // an entry that took was taken back
	ReversedOut     Kind = "reversed_out"     // an entry that added was taken back
)

// account is one account of the books.
type account string

const (
	prepaid  account = "prepaid" // what the organization can spend
	means    account = "means"   // cards and bank accounts outside
	orders   account = "orders"  // what Infomaniak was paid
	cashback account = "cashback"
	transit  account = "transit" // payouts that have not arrived
	opening  account = "opening" // what was there before Kontor knew of it, or moved without it
)

// postings say which account each kind debits and which it credits. The table's CHECK says the same.
var postings = map[Kind]struct{ debit, credit account }{
	TopUp:           {means, prepaid},
	Cashback:        {cashback, prepaid},
	Unmatched:       {means, prepaid},
	CancelledOrder:  {means, prepaid},
	Returned:        {orders, prepaid},
	Payment:         {prepaid, orders},
	PayoutRequested: {prepaid, transit},
	PayoutDone:      {transit, means},
	PayoutFailed:    {transit, prepaid},
	RenewalPaid:     {prepaid, orders},
	AdjustedUp:      {opening, prepaid},
	AdjustedDown:    {prepaid, opening},
	ReversedIn:      {"", prepaid}, // the other side is that of the entry taken back
	ReversedOut:     {prepaid, ""},
}

// Sign is +1 for what adds to the balance, -1 for what takes from it, 0 for what leaves it.
func (k Kind) Sign() int {
	switch prepaid {
	case postings[k].credit:
		return 1
	case postings[k].debit:
		return -1
	}
	return 0
}

// Entry is one row of the ledger.
type Entry struct {
	Seq        int64 // 1, 2, 3 … within the organization
	At         time.Time
	Kind       Kind
	Amount     money.Amount // always above zero; Kind.Sign says which way
	Balance    money.Amount // after this entry
	Cause      string       // what it is for: a number, a partner's client, a means
	OrderID    string
	TransferID string
	PayoutID   string
	AccountID  string // who posted it
	RenewedID  string // the renewal that it paid
	Reverses   int64  // the number of the entry that it takes back; 0 for every other entry
	TakenBack  int64  // the number of the entry that takes it back; 0 if none does
	valueOn    day.Day
	backDated  bool // valueOn counts; else the day of At
	hash       [sha256.Size]byte
}

// ValueOn is the day on which the money counts, where the person lives: the day of the booking unless another was given.
func (e Entry) ValueOn(zone *time.Location) day.Day {
	if e.backDated {
		return e.valueOn
	}
	return day.Of(e.At, zone)
}

// Change is what the entry does to the balance.
func (e Entry) Change() money.Amount {
	switch e.Kind.Sign() {
	case 1:
		return e.Amount
	case -1:
		return e.Amount.Neg()
	}
	return money.Zero(e.Amount.Currency())
}

// sealAfter computes the hash of an entry that follows another. It covers every column and the hash before it, so an
// entry cannot be changed, added or taken out between others without a trace.
func (e Entry) sealAfter(previous [sha256.Size]byte, organizationID string) [sha256.Size]byte {
	h := sha256.New()
	h.Write(previous[:])
	for _, n := range []int64{e.Seq, e.At.UnixMilli()} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(n))) //nolint:gosec // the bits count, not the sign
	}
	for _, a := range []money.Amount{e.Amount, e.Balance} {
		minor, _ := a.AppendBinary(nil) // never fails
		h.Write(minor)
	}
	texts := []string{organizationID, string(e.Kind), string(e.Amount.Currency()), e.Cause, e.OrderID, e.TransferID, e.PayoutID, e.AccountID}
	// What entries had not from the beginning is covered where they have it, so that older hashes stay what they are.
	if e.backDated {
		texts = append(texts, "value", e.valueOn.String())
	}
	if e.Reverses != 0 {
		texts = append(texts, "reverses", strconv.FormatInt(e.Reverses, 10))
	}
	if e.RenewedID != "" {
		texts = append(texts, "renewed", e.RenewedID)
	}
	for _, s := range texts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(s))))
		h.Write([]byte(s))
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// OrderKind tells an order from an invoice; both are paid in the same way.
type OrderKind string

// The kinds of what is paid.
const (
	AnOrder   OrderKind = "order"
	AnInvoice OrderKind = "invoice"
)

// State is where an order stands.
type State string

// The states of an order.
const (
	AwaitingPayment  State = "awaiting_payment"
	AwaitingTransfer State = "awaiting_transfer"
	Paid             State = "paid"
	Cancelled        State = "cancelled"
)

// Order is something to be paid.
type Order struct {
	ID       string
	Kind     OrderKind
	Number   string // Infomaniak's number
	Title    string
	Total    money.Amount
	Paid     money.Amount
	State    State
	AgainOf  string // the cancelled order that this one repeats
	Renews   string // the product that it renews; "" for none
	Renewed  string // what the payments noted of that renewal, once it was paid
	PlacedAt time.Time
	ClosedAt time.Time
	Version  int
}

// Open is what is still to be paid. The table keeps both in one currency and within MaxAmount.
func (o Order) Open() money.Amount { return money.Must(o.Total.Sub(o.Paid)) }

// Purpose is what a transfer was sent for.
type Purpose string

// The purposes of a transfer.
const (
	ForOrder Purpose = "order"
	ForTopUp Purpose = "top_up"
	Unknown  Purpose = "unknown" // it arrived, and nobody knew of it
)

// Outcome is what became of a transfer that arrived.
type Outcome string

// The outcomes of a transfer; "" while it is on its way.
const (
	PaidTheOrder      Outcome = "paid_order"
	ToppedUp          Outcome = "top_up"
	CreditedCancelled Outcome = "cancelled_order"
	CreditedUnmatched Outcome = "unmatched"
)

// Transfer is a bank transfer to Infomaniak.
type Transfer struct {
	ID        string
	Purpose   Purpose
	OrderID   string
	Reference string
	Amount    money.Amount // as sent
	Source    string       // the account it was sent from; a number only as its mask
	SentOn    day.Day
	ArrivedAt time.Time    // when that was noted
	ArrivedOn day.Day      // the day on which it arrived; 0 until then
	Arrived   money.Amount // as it arrived, in whatever currency
	Credited  money.Amount // what of it reached the prepaid account
	Outcome   Outcome
	Reason    Mismatch
	Settled   bool // the person chose what becomes of the credit
}

// PayoutState is where a payout stands.
type PayoutState string

// The states of a payout.
const (
	Noted     PayoutState = "noted"     // here only: to be requested in the Manager; the balance is untouched
	Dropped   PayoutState = "dropped"   // noted and never requested
	Requested PayoutState = "requested" // by the person's word
	Done      PayoutState = "done"
	Failed    PayoutState = "failed"
)

// Target is the kind of place that money is paid out to.
type Target string

// The targets of a payout.
const (
	ToBank   Target = "bank"
	ToPayPal Target = "paypal"
)

// Payout is money on its way out of the account.
type Payout struct {
	ID          string
	Amount      money.Amount
	Target      Target
	Masked      string
	TransferID  string // the credit that it gives back; "" for any other money
	State       PayoutState
	Reason      string // why it failed
	NotedAt     time.Time
	RequestedAt time.Time // the zero time until it was
	ClosedAt    time.Time
}

// Expected is money that will probably be credited.
type Expected struct {
	ID     string
	Cause  string
	Amount money.Amount
	DueOn  day.Day
	Means  string // ByCard or ByPostFinance for a top-up that is only noted; "" for cashback
}
