package transfer

import (
	"time"

	"kontor/internal/core/day"
)

// Question is what has to be true before a restart can succeed.
type Question string

// The questions. The first three and the code are answered from what is known; the person answers the rest.
const (
	OldEnough   Question = "old_enough" // sixty days since registration and since the last transfer
	Active      Question = "active"     // not expired
	Unlocked    Question = "unlocked"
	Reachable   Question = "reachable"   // the holder's e-mail answers
	SameHolder  Question = "same_holder" // the holder's data agree with the registry's
	FreshCode   Question = "fresh_code"
	Free        Question = "free"         // .fr: neither frozen nor blocked
	TagChanged  Question = "tag_changed"  // .uk: instead of a code
	CauseIsGone Question = "cause_gone"   // whatever else the last attempt failed of
	RecordsKept Question = "records_kept" // DNS records noted; a hint, it stops nothing
)

// Asked are the questions that the person answers.
func Asked() []Question {
	return []Question{Unlocked, Reachable, SameHolder, Free, TagChanged, CauseIsGone}
}

// Verdict is the answer to a question.
type Verdict string

// The verdicts. Only Blocked stops a restart, until the person goes ahead in spite of it.
const (
	Passed  Verdict = "passed"
	Blocked Verdict = "blocked" // would fail again
	Doubt   Verdict = "doubt"   // may fail
	Unknown Verdict = "unknown" // nobody has looked
)

// Check is a question with its answer. Note is the code of the text that says more, with its place filled by Day, At
// or Count.
type Check struct {
	Question Question
	Verdict  Verdict
	Note     string
	Day      day.Day
	At       time.Time
	Count    int
}

// Answer is what the person found out.
type Answer struct {
	Fine bool
	At   time.Time
}

// The periods of the checks, in days. Sixty is Infomaniak's rule (guide 1814); fifteen before the expiry is another
// registrar's and only raises a doubt; how long a code lives is published nowhere and can be set.
const (
	sixty          = 60
	nearExpiry     = 15
	CodeDays       = 14 // default
	redemptionDays = 30 // Infomaniak, domain questions
)

// restates is the question that a cause answers with no; causes without an entry have to be gone.
var restates = map[Cause]Question{
	Locked: Unlocked, ContactInvalid: Reachable, NotConfirmed: Reachable, HolderMismatch: SameHolder,
	CodeWrong: FreshCode, CodeOld: FreshCode, Frozen: Free, SixtyDays: OldEnough,
	TagNotChanged: TagChanged,
}

// Situation is everything that a preflight looks at.
type Situation struct {
	Transfer Transfer
	Last     Attempt // the newest attempt
	Answers  map[Question]Answer
	CodeDays int
	Today    day.Day
	Zone     *time.Location
}

// Preflight answers every question that concerns the domain.
func Preflight(s Situation) []Check {
	list := []Check{s.oldEnough(), s.active(), s.asked(Unlocked), s.asked(Reachable), s.asked(SameHolder)}
	facts := FactsOf(s.Transfer.Domain)
	if facts.has("frozen") {
		list = append(list, s.asked(Free))
	}
	if facts.Codeless {
		list = append(list, s.asked(TagChanged))
	}
	if c := s.Last.Cause; c != "" && restates[c] == "" {
		list = append(list, s.asked(CauseIsGone))
	}
	if !facts.Codeless {
		list = append(list, s.freshCode())
	}
	return append(list, s.records())
}

// Blockers are the questions that stop a restart.
func Blockers(checks []Check) []Question {
	list := []Question{}
	for _, c := range checks {
		if c.Verdict == Blocked {
			list = append(list, c.Question)
		}
	}
	return list
}

func (s Situation) oldEnough() Check {
	c := Check{Question: OldEnough}
	from := max(s.Transfer.Facts.Registered, s.Transfer.Facts.Moved)
	switch {
	case from == 0 && s.Last.Cause == SixtyDays:
		c.Verdict, c.Note = Blocked, "age_unknown"
	case from == 0:
		c.Verdict, c.Note = Unknown, "age_unknown"
	case s.Today < from+sixty:
		c.Verdict, c.Note, c.Day, c.Count = Blocked, "wait_until", from+sixty, int(from+sixty-s.Today)
	default:
		c.Verdict, c.Note, c.Day = Passed, "since", from
	}
	return c
}

func (s Situation) active() Check {
	c := Check{Question: Active, Day: s.Transfer.Facts.Expires}
	switch left := int(c.Day - s.Today); {
	case c.Day == 0:
		c.Verdict, c.Note = Unknown, "expiry_unknown"
	case left < -redemptionDays:
		c.Verdict, c.Note = Blocked, "being_deleted"
	case left < 0:
		c.Verdict, c.Note = Blocked, "expired_on"
	case left < nearExpiry:
		c.Verdict, c.Note, c.Count = Doubt, "expires_soon", left
	default:
		c.Verdict, c.Note = Passed, "runs_to"
	}
	return c
}

// asked is a question that the person answers. What the last attempt failed of counts until there is a newer answer.
func (s Situation) asked(q Question) Check {
	c := Check{Question: q}
	a, answered := s.Answers[q]
	failed := s.Last.Outcome == Failed && s.failedOf(q)
	switch {
	case failed && (!answered || !a.At.After(s.Last.Ended)):
		c.Verdict, c.Note, c.At = Blocked, "as_of_failure", s.Last.Ended
	case !answered:
		c.Verdict, c.Note = Unknown, "not_looked"
	case a.Fine:
		c.Verdict, c.Note, c.At = Passed, "looked_on", a.At
	default:
		c.Verdict, c.Note, c.At = Blocked, "looked_on", a.At
	}
	return c
}

func (s Situation) failedOf(q Question) bool {
	if q == CauseIsGone {
		return s.Last.Cause != "" && restates[s.Last.Cause] == ""
	}
	return restates[s.Last.Cause] == q
}

func (s Situation) freshCode() Check {
	c := Check{Question: FreshCode, At: s.Transfer.Code.EnteredAt}
	age := int(s.Today - day.Of(c.At, s.Zone))
	switch {
	case c.At.IsZero():
		c.Verdict, c.Note = Blocked, "no_code"
	case s.Transfer.Code.Used > 0:
		c.Verdict, c.Note, c.Count = Blocked, "code_used", s.Transfer.Code.Used
	case age > s.CodeDays:
		c.Verdict, c.Note, c.Count = Doubt, "code_old", age
	default:
		c.Verdict, c.Note, c.Count = Passed, "code_age", age
	}
	return c
}

func (s Situation) records() Check {
	n := countRecords(s.Transfer.Records)
	if n == 0 {
		return Check{Question: RecordsKept, Verdict: Unknown, Note: "no_records"}
	}
	return Check{Question: RecordsKept, Verdict: Passed, Note: "records", Count: n}
}

// Excluded are the causes that what is known of a domain rules out, with the code of the reason.
func (s Situation) Excluded(at time.Time) map[Cause]string {
	then := day.Of(at, s.Zone)
	out := map[Cause]string{}
	f := s.Transfer.Facts
	if from := max(f.Registered, f.Moved); f.Registered != 0 && from+sixty <= then {
		out[SixtyDays] = "older_than_sixty"
	}
	if f.Expires != 0 && f.Expires >= then {
		out[Expired], out[Redemption] = "not_expired", "not_expired"
	}
	facts := FactsOf(s.Transfer.Domain)
	if !facts.has("frozen") {
		out[Frozen] = "other_extension"
	}
	if !facts.has("protected") {
		out[Protected] = "other_extension"
	}
	if !facts.Codeless {
		out[TagNotChanged] = "other_extension"
	}
	return out
}
