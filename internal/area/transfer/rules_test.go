package transfer

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kontor/internal/core/day"
	"kontor/internal/core/input"
)

func on(text string) day.Day {
	d, err := day.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

func TestTheNewExpiry(t *testing.T) {
	for _, test := range []struct{ domain, expires, moved, want, strict string }{
		{"larici.com", "2025-12-01", "2025-06-30", "2026-12-01", "2026-12-01"}, // the guide's own example
		{"larici.com", "2027-03-11", "2026-11-22", "2028-03-11", "2028-03-10"}, // over a 29 February
		{"larici.ch", "2027-03-11", "2026-11-22", "2027-03-11", "2027-03-11"},
		{"larici.be", "2027-03-11", "2026-11-22", "2027-11-22", "2027-11-22"},
		{"larici.de", "2027-03-11", "2027-11-22", "2028-11-22", "2028-11-21"},
		{"larici.fr", "2026-12-01", "2026-11-22", "2027-12-01", "2027-12-01"},
	} {
		e := NewExpiry(test.domain, on(test.expires), on(test.moved))
		if e.Day.String() != test.want || e.Strict.String() != test.strict {
			t.Errorf("%s: %s or %s, want %s or %s", test.domain, e.Day, e.Strict, test.want, test.strict)
		}
	}
	for _, domain := range []string{"larici.co.uk", "larici.ai"} {
		if e := NewExpiry(domain, on("2026-12-01"), on("2026-11-22")); e != (Expiry{}) {
			t.Errorf("%s: %+v, though the sources contradict each other", domain, e)
		}
	}
	if e := NewExpiry("larici.com", 0, on("2026-11-22")); e != (Expiry{}) {
		t.Errorf("an expiry from nothing: %+v", e)
	}
}

func TestPreflight(t *testing.T) {
	failedAt := time.Date(2026, 11, 19, 15, 4, 0, 0, time.UTC)
	base := func() Situation {
		return Situation{
			Transfer: Transfer{
				Domain: "larici.com", Stage: Failed, Code: Code{EnteredAt: failedAt.Add(time.Hour)},
				Facts: Facts{Registered: on("2019-03-11"), Expires: on("2027-03-11")},
			},
			Last:    Attempt{Number: 2, Ended: failedAt, Outcome: Failed, Cause: Locked},
			Answers: map[Question]Answer{Unlocked: {true, failedAt.Add(time.Hour)}},
			Today:   on("2026-11-20"), CodeDays: 14, Zone: time.UTC,
		}
	}
	for name, test := range map[string]struct {
		change func(*Situation)
		q      Question
		want   Verdict
		note   string
	}{
		"old enough":          {func(*Situation) {}, OldEnough, Passed, "since"},
		"day 59":              {func(s *Situation) { s.Transfer.Facts.Moved = s.Today - 59 }, OldEnough, Blocked, "wait_until"},
		"day 60":              {func(s *Situation) { s.Transfer.Facts.Moved = s.Today - 60 }, OldEnough, Passed, "since"},
		"age unknown":         {func(s *Situation) { s.Transfer.Facts.Registered = 0 }, OldEnough, Unknown, "age_unknown"},
		"age was the cause":   {func(s *Situation) { s.Transfer.Facts.Registered, s.Last.Cause = 0, SixtyDays }, OldEnough, Blocked, "age_unknown"},
		"active":              {func(*Situation) {}, Active, Passed, "runs_to"},
		"expires today":       {func(s *Situation) { s.Transfer.Facts.Expires = s.Today }, Active, Doubt, "expires_soon"},
		"expired yesterday":   {func(s *Situation) { s.Transfer.Facts.Expires = s.Today - 1 }, Active, Blocked, "expired_on"},
		"pending delete":      {func(s *Situation) { s.Transfer.Facts.Expires = s.Today - 31 }, Active, Blocked, "being_deleted"},
		"expiry unknown":      {func(s *Situation) { s.Transfer.Facts.Expires = 0 }, Active, Unknown, "expiry_unknown"},
		"lock looked at":      {func(*Situation) {}, Unlocked, Passed, "looked_on"},
		"lock before failure": {func(s *Situation) { s.Answers[Unlocked] = Answer{true, failedAt.Add(-time.Hour)} }, Unlocked, Blocked, "as_of_failure"},
		"lock never looked":   {func(s *Situation) { s.Answers, s.Last.Cause = nil, CodeWrong }, Unlocked, Unknown, "not_looked"},
		"lock still on":       {func(s *Situation) { s.Answers[Unlocked] = Answer{false, failedAt.Add(time.Hour)} }, Unlocked, Blocked, "looked_on"},
		"mail bounced":        {func(s *Situation) { s.Last.Cause = ContactInvalid }, Reachable, Blocked, "as_of_failure"},
		"mail not answered":   {func(s *Situation) { s.Last.Cause = NotConfirmed }, Reachable, Blocked, "as_of_failure"},
		"holder differs":      {func(s *Situation) { s.Last.Cause = HolderMismatch }, SameHolder, Blocked, "as_of_failure"},
		"frozen":              {func(s *Situation) { s.Transfer.Domain, s.Last.Cause = "larici.fr", Frozen }, Free, Blocked, "as_of_failure"},
		"unpaid":              {func(s *Situation) { s.Last.Cause = Unpaid }, CauseIsGone, Blocked, "as_of_failure"},
		"paid since":          {func(s *Situation) { s.Last.Cause, s.Answers[CauseIsGone] = Unpaid, Answer{true, failedAt.Add(1)} }, CauseIsGone, Passed, "looked_on"},
		"code fresh":          {func(*Situation) {}, FreshCode, Passed, "code_age"},
		"code used":           {func(s *Situation) { s.Transfer.Code.Used = 2 }, FreshCode, Blocked, "code_used"},
		"code of 14 days":     {func(s *Situation) { s.Today += 13 }, FreshCode, Passed, "code_age"},
		"code of 15 days":     {func(s *Situation) { s.Today += 15 }, FreshCode, Doubt, "code_old"},
		"no code":             {func(s *Situation) { s.Transfer.Code = Code{} }, FreshCode, Blocked, "no_code"},
		"records":             {func(s *Situation) { s.Transfer.Records = "; zone\n@ A 192.0.2.1\n\n@ MX 10 mail\n" }, RecordsKept, Passed, "records"},
		"no records":          {func(*Situation) {}, RecordsKept, Unknown, "no_records"},
	} {
		s := base()
		test.change(&s)
		i := slices.IndexFunc(Preflight(s), func(c Check) bool { return c.Question == test.q })
		if i < 0 {
			t.Errorf("%s: nobody asks %s", name, test.q)
			continue
		}
		if c := Preflight(s)[i]; c.Verdict != test.want || c.Note != test.note {
			t.Errorf("%s: %s (%s), want %s (%s)", name, c.Verdict, c.Note, test.want, test.note)
		}
	}
}

// A .uk domain has no code to be fresh: its tag has to be changed, and only the person can know whether it was.
func TestAnExtensionWithoutCodes(t *testing.T) {
	s := Situation{
		Transfer: Transfer{Domain: "larici.co.uk", Stage: Failed},
		Last:     Attempt{Number: 1, Ended: time.Date(2026, 11, 19, 15, 4, 0, 0, time.UTC), Outcome: Failed, Cause: TagNotChanged},
		Today:    on("2026-11-20"), CodeDays: 14, Zone: time.UTC,
	}
	asked := map[Question]Verdict{}
	for _, c := range Preflight(s) {
		asked[c.Question] = c.Verdict
	}
	if _, code := asked[FreshCode]; code || asked[TagChanged] != Blocked {
		t.Errorf("%v", asked)
	}
	if _, out := s.Excluded(s.Last.Ended)[TagNotChanged]; out {
		t.Error("its own cause is ruled out")
	}
	s.Transfer.Domain = "larici.com"
	if s.Excluded(s.Last.Ended)[TagNotChanged] != "other_extension" {
		t.Error("a tag of .com")
	}
}

func TestEveryFactOfAnExtensionHasItsSource(t *testing.T) {
	for name, f := range extensions {
		if f.Extension != name || f.Renewal == "" {
			t.Errorf("%s: %+v", name, f)
		}
		for _, n := range f.Notes {
			if n.Code == "" || n.Source.Title == "" {
				t.Errorf("%s: %+v", name, n)
			}
		}
	}
	if f := FactsOf("larici.xy"); f.Extension != "" || len(f.Notes) != 0 {
		t.Errorf("nothing is known of .xy, %+v", f)
	}
}

// Whatever happens in whatever order: an attempt is never left open behind a newer one, only the first may cost
// something, and what is done stays done.
func TestStagesNeverGoBack(t *testing.T) {
	rank := map[Stage]int{Requested: 0, CodeChecked: 1, Confirmed: 2, AtRegistry: 3, Done: 4, Failed: 4}
	rapid.Check(t, func(t *rapid.T) {
		s := Requested
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			next := s.Next()
			if len(next) == 0 {
				if s != Done && s != Failed {
					t.Fatalf("stuck in %s", s)
				}
				return
			}
			to := rapid.SampledFrom(next).Draw(t, "to")
			if rank[to] <= rank[s] {
				t.Fatalf("from %s back to %s", s, to)
			}
			s = to
		}
	})
}

func TestEveryCauseHasAHandAndASource(t *testing.T) {
	spoken := map[Cause]bool{}
	for _, s := range signs {
		spoken[s.cause] = true
	}
	for c := range remedies {
		if c.Hand() == "" || c.Source().Title == "" || !spoken[c] {
			t.Errorf("%s: hand %q, source %q, signs %v", c, c.Hand(), c.Source().Title, spoken[c])
		}
	}
	for c := range spoken {
		if !c.Valid() {
			t.Errorf("%s has no remedy", c)
		}
	}
}

func TestEmailFiles(t *testing.T) {
	for _, test := range []struct {
		file  string
		cause Cause
		from  string
		sent  string
	}{
		{"quoted-printable.eml", Locked, "Infomaniak", "2026-11-19T15:04:00Z"},
		{"html-only.eml", SixtyDays, "Nordhost", "2026-11-02T08:00:00Z"},
		{"base64-latin1.eml", CodeOld, "Südwind", "2026-10-30T10:30:00Z"},
		{"forwarded.eml", Unpaid, "Elena", "2026-11-05T09:00:00Z"},
	} {
		data, err := os.ReadFile(filepath.Join("testdata", "mail", test.file))
		if err != nil {
			t.Fatal(err)
		}
		m, err := ReadMessage(data)
		if err != nil {
			t.Errorf("%s: %v", test.file, err)
			continue
		}
		if got := Diagnose(m.Words()).Best(); got != test.cause {
			t.Errorf("%s: %q, want %q in\n%s", test.file, got, test.cause, m.Words())
		}
		if !strings.Contains(m.From, test.from) || m.Sent.Format(time.RFC3339) != test.sent {
			t.Errorf("%s: from %q, sent %s", test.file, m.From, m.Sent)
		}
	}
}

func TestUntil(t *testing.T) {
	zone := time.FixedZone("", 3600)
	for text, want := range map[string]string{
		"You can restart it until 28 November 2026 at 16:04.":            "2026-11-28T16:04:00+01:00",
		"Può riavviarlo entro il 28.11.2026 alle 16:04":                  "2026-11-28T16:04:00+01:00",
		"Sie können ihn bis zum 28. November 2026 um 16:04 neu starten":  "2026-11-28T16:04:00+01:00",
		"Vous pouvez le relancer jusqu’au 28 novembre 2026 à 16h04":      "2026-11-28T16:04:00+01:00",
		"Puede reiniciarla hasta el 28 de noviembre de 2026 a las 16:04": "2026-11-28T16:04:00+01:00",
		"Answer by 2026-11-28":                                                "2026-11-28T23:59:00+01:00",
		"jusqu'au 1er août 2026":                                              "2026-08-01T23:59:00+01:00",
		"until December 4, 2026":                                              "2026-12-04T23:59:00+01:00",
		"by Friday, December 4, 2026":                                         "2026-12-04T23:59:00+01:00",
		"no later than Dec. 4th, 2026 at 5:30 pm":                             "2026-12-04T17:30:00+01:00",
		"before 12:30 on Monday":                                              "",
		"entro venerdì 4 dicembre 2026":                                       "2026-12-04T23:59:00+01:00",
		"entro e non oltre il giorno 4 dicembre 2026, ore 18:00":              "2026-12-04T18:00:00+01:00",
		"bis Freitag, 4. Dezember 2026":                                       "2026-12-04T23:59:00+01:00",
		"bis spätestens Freitag, den 4. Dezember 2026, 12.00 Uhr":             "2026-12-04T12:00:00+01:00",
		"bis Fr., 4.12.2026":                                                  "2026-12-04T23:59:00+01:00",
		"avant le vendredi 4 décembre 2026":                                   "2026-12-04T23:59:00+01:00",
		"au plus tard le vendredi 4 décembre 2026 à 9h00":                     "2026-12-04T09:00:00+01:00",
		"antes del viernes 4 de diciembre de 2026":                            "2026-12-04T23:59:00+01:00",
		"a más tardar el viernes, 4 de diciembre del 2026":                    "2026-12-04T23:59:00+01:00",
		"uiterlijk vrijdag 4 december 2026":                                   "2026-12-04T23:59:00+01:00",
		"até sexta-feira, 4 de dezembro de 2026":                              "2026-12-04T23:59:00+01:00",
		"until 2026-12-04T15:00:00Z":                                          "2026-12-04T15:00:00Z",
		"by 2026-12-04 15:00 UTC":                                             "2026-12-04T15:00:00Z",
		"until 2026-12-04T15:00:00.000+02:00":                                 "2026-12-04T15:00:00+02:00",
		"bis 4. Dezember 2026, 15:00 MEZ":                                     "2026-12-04T15:00:00+01:00",
		"entro il 04/12/2026":                                                 "2026-12-04T23:59:00+01:00",
		"by 04/12/2026":                                                       "", // December or April
		"by 28/11/2026":                                                       "2026-11-28T23:59:00+01:00",
		"Restart it until 4 December 2026. Your name ends before 2027-01-31.": "2026-12-04T23:59:00+01:00",
		"until 4 December 2026 at 13:00 pm":                                   "",
		"registered on 28 November 2026":                                      "",
		"until 31 February 2026":                                              "",
		"until 11/28/2026":                                                    "",
		"by 28 Nonsense 2026":                                                 "",
	} {
		got := ""
		if u := Until(text, zone); !u.IsZero() {
			got = u.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestLists(t *testing.T) {
	for name, test := range map[string]struct{ list, want string }{
		"semicolons":     {"a-b.ch;x1\nc-d.com;y2", "a-b.ch=x1 c-d.com=y2"},
		"commas":         {"domain,code\na-b.ch,x1\r\nc-d.com,\"y,2\"", "a-b.ch=x1 c-d.com=y,2"},
		"tabs":           {"a-b.ch\tx;1\nc-d.com\ty,2", "a-b.ch=x;1 c-d.com=y,2"},
		"marks in codes": {"a-b.ch;x\"1\nc-d.com;=1+1", "a-b.ch=x\"1 c-d.com==1+1"},
		"empty cells":    {"a-b.ch;x1;;\n;x2\nc-d.com", "a-b.ch=x1 !domain_missing !code_missing"},
		"open quote":     {"a-b.ch;\"x1\nc-d.com;y2", "!bad_quotes c-d.com=y2"},
		"capital names":  {"A-B.CH;x1\na-b.ch.;x2\n MÜLLER.ch ;x3", "a-b.ch=x1 !duplicate xn--mller-kva.ch=x3"},
		"blank in code":  {"a-b.ch;x 1", "!code_blank"},
		"addresses":      {"https://a-b.ch;x\nfoo.github.io;x\nmail@a-b.ch;x", "!not_a_domain !not_registrable !not_a_domain"},
		"a lone name":    {"a-b.ch", "!code_missing"},
		"more columns":   {"Export 2026\n\nHolder;Domain;Order;Auth code\nPonteri;a-b.ch;7;x1\nPonteri;c–d.com;8;y2", "a-b.ch=x1 !domain_dash"},
		"UTF-16":         {"\xff\xfea\x00-\x00b\x00.\x00c\x00h\x00;\x00x\x00", "a-b.ch=x"},
		"sep":            {"sep=,\r\na-b.ch,x;1\r\n", "a-b.ch=x;1"},
		"pasted marks":   {"\u200ba-b.ch;\u202ax1\u202c", "a-b.ch=x1"},
	} {
		rows, err := readList([]byte(test.list), nil)
		got := []string{}
		for _, r := range rows {
			if r.Good() {
				got = append(got, r.Domain+"="+r.Code)
			} else {
				got = append(got, "!"+r.Reason)
			}
		}
		if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" || err != nil {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
	for name, list := range map[string][]byte{
		"nothing": nil, "blank": []byte(" \n\n"), "only a title": []byte("domain;code\n"),
		"a picture": {0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0}, "too large": make([]byte, MaxList+1),
		"too many": []byte(strings.Repeat("a-b.ch;x\n", MaxRows+1)),
	} {
		if rows, err := readList(list, nil); err == nil {
			t.Errorf("%s gives %v", name, rows)
		}
	}
}

func FuzzDiagnose(f *testing.F) {
	for _, m := range corpus(f, "corpus/*.txt") {
		f.Add([]byte(m.words))
	}
	for _, file := range []string{"quoted-printable.eml", "html-only.eml", "base64-latin1.eml", "forwarded.eml"} {
		data, err := os.ReadFile(filepath.Join("testdata", "mail", file))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ReadMessage(data)
		if err != nil {
			return
		}
		d := Diagnose(m.Words())
		Until(m.Words(), time.UTC)
		for i, finding := range d.Findings {
			if finding.Confidence < 0 || finding.Confidence > Ceiling || !finding.Cause.Valid() || len(finding.Evidence) == 0 {
				t.Fatalf("%+v", finding)
			}
			if i > 0 && finding.Confidence > d.Findings[i-1].Confidence {
				t.Fatalf("not ranked: %+v", d.Findings)
			}
			for _, words := range finding.Evidence {
				if _, quoted, isCode := strings.Cut(words, " "); isCode && quoted == ResultText(number(words[:min(4, len(words))])) {
					continue
				}
				if !strings.Contains(strings.Join(strings.Fields(m.Words()), " "), words) {
					t.Fatalf("%q is not in the message", words)
				}
			}
		}
	})
}

func FuzzList(f *testing.F) {
	for _, s := range []string{"a-b.ch;x1\nc-d.com;y2", "domain,code\na-b.ch,\"x,1\"", "\ufeffa\tb\n", "ä.ch;\x80", "\"", ";;;\n,,,\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := readList(data, nil)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, r := range rows {
			if r.Good() != (r.Reason == "") || r.Good() && (r.Domain == "" || input.CodeRefusal(r.Code, MaxCode) != "" || seen[r.Domain]) {
				t.Fatalf("%+v", r)
			}
			if again, reason := Name(r.Domain); r.Good() && (again != r.Domain || reason != "") {
				t.Fatalf("%q becomes %q (%s)", r.Domain, again, reason)
			}
			seen[r.Domain] = seen[r.Domain] || r.Good()
		}
	})
}

func BenchmarkDiagnose(b *testing.B) {
	list := corpus(b, "corpus/*.txt")
	for b.Loop() {
		for _, m := range list {
			Diagnose(m.words)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(list)), "µs/message")
}

// A mailbox file's line before the e-mail, and an encoding that works with control characters, hide nothing of it.
func TestMailsOfAMailboxAndFromJapan(t *testing.T) {
	mail := "From a@b.example Mon May  2 10:00:00 2005\nFrom: a@b.example\nSubject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-2022-jp\n\n\x1b$BF|K\\\x1b(B\n"
	m, err := ReadMessage([]byte(mail))
	if err != nil || m.Subject != "日本" || m.Body != "日本" || m.From != "a@b.example" {
		t.Errorf("%+v, %v", m, err)
	}
}
