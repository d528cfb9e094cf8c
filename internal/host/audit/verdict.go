package audit

// Verdict is what authenticating the end of the journal has found.
type Verdict int

// The verdicts.
const (
	NoKey      Verdict = iota // there is no key now that could tell
	AnotherKey                // it names another key than the one of now
	Forged                    // it was not made of this data
	Genuine
)
