package transfer

import (
	"cmp"
	"slices"
	"strconv"

	"kontor/internal/core/input"
	"kontor/internal/core/text"
)

// Floor is the confidence below which nothing is called recognised; Ceiling is the most that a rule may claim.
const (
	Floor   = 40
	Ceiling = 97
	shown   = 5 // causes at most
)

// scanned is how much of a message is looked at, in bytes: failure messages are short, what follows is a footer.
const scanned = 16 << 10

// Finding is a cause that a message speaks for.
type Finding struct {
	Cause      Cause
	Confidence int      // per cent; the strength of the rules that agree, not a frequency
	Evidence   []string // the words of the message that it rests on, as they were written
	RuledOut   string   // the reason why what is known of the domain excludes it; "" if nothing does
}

// Diagnosis is Kontor's reading of a message. It says nothing in the name of whoever wrote the message.
type Diagnosis struct {
	Findings []Finding // best first, ruled out ones last; empty if the message was not recognised
	Codes    []int     // EPP result codes found in it
	Names    []string  // registrable domain names found in it
}

// Recognised tells whether the message says why a transfer failed, as far as the table knows.
func (d Diagnosis) Recognised() bool { return len(d.Findings) > 0 }

// Best is the most likely cause; "" if none is.
func (d Diagnosis) Best() Cause {
	if len(d.Findings) == 0 || d.Findings[0].RuledOut != "" {
		return ""
	}
	return d.Findings[0].Cause
}

// The topic of a message: a domain, and its transfer. Money is transferred too, and people are; those words do not count.
//
//nolint:misspell // four of the languages are not English
var (
	otherTransfers = lazily(`\b(?:bank|wire|iban|sepa|money|airport) ?transfers?\b|\btransfer\w* (?:bancari\w|of (?:chf|eur)|vom flughafen)|\bvirements?\b|\bbonific\w+|\buberweis\w+`)
	transferWord   = lazily(`\btransf\w+|\btrasferi\w+|\btraspas\w+|\w*transfer\w*|\bubertrag\w+|\bproviderwechsel|\bcambio di registrar|\bmoved?\b`)
	domainWord     = lazily(`\bdomain\w*|\bdominio?\b|\bdomini\b|\bdomaines?\b|\bregistrar\b|\bregistrador\b|\bregistry\b|\bepp\b|\bwhois\b|\bbureau d'enregistrement`)
	codeWord       = lazily(code)
	statusWord     = lazily(`(?:client|server) ?transfer ?prohibited|object status prohibits|<epp\b`)
	succeeded      = lazily(`(?:transf|trasferi|traspas|ubertrag)\w+[^.!?]{0,80}(?:success|successo|succes\b|erfolgreich|correctamente|con exito|completed|completato|termine avec)`)
	wanted         = lazily(`at your request|as (?:you )?requested|a votre demande|su (?:sua|tua|vostra) richiesta|auf ihren wunsch|wunschgemass|a peticion suya|como (?:nos )?(?:solicito|pidio)`)
	failure        = lazily(`\b(?:fail\w*|unsuccessful\w*|reject\w*|refus\w*|den(?:y|ied)|declin\w*|cancel\w*|stopped|could not|cannot|can't|not possible|impossible|fallit\w+|non (?:e )?(?:riuscit|stato possibile|puo)\w*|respint\w+|rifiut\w+|annullat\w+|negat\w+|echou\w+|echec|annule\w*|rejete\w*|n'a pas|n'ont pas|fehlgeschlagen|gescheitert|scheitert\w*|abgelehnt|abgebrochen|verweiger\w+|nicht|fall\w+|rechaz\w+|deneg\w+|no se (?:pudo|ha podido)|cancel\w+)\b`)
	negation       = lazily(`\b(?:not|no longer|isn't|nicht|nicht mehr|kein\w?|non (?:e|risulta)(?: piu)?|n'est (?:pas|plus)|no (?:esta|es)|ya no esta|sin|ohne|senza|sans|60[- ](?:day|tage)s?-?)(?: \w+)?[ ,]*$`)
	hostname       = lazily(`(?:^|[^@/\w.-])((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,24})\b`)
)

// Diagnose reads the words of a failure message or the answer of a registry.
func Diagnose(message string) Diagnosis {
	if len(message) > scanned {
		message = message[:scanned]
	}
	t := text.NewTrace(message)
	d := Diagnosis{Findings: []Finding{}, Names: namesIn(message)}
	onTopic := d.topic(t)
	d.Codes = codesIn(t, onTopic)
	if !onTopic && len(d.Codes) == 0 {
		return d
	}
	if (succeeded().MatchString(t.Folded) || wanted().MatchString(t.Folded)) && !failure().MatchString(t.Folded) {
		return d
	}
	d.Findings = weigh(t, d.Codes)
	return d
}

func (d Diagnosis) topic(t text.Trace) bool {
	if statusWord().MatchString(t.Folded) {
		return true
	}
	rest := otherTransfers().ReplaceAllString(t.Folded, "")
	return (len(d.Names) > 0 || domainWord().MatchString(rest)) && (transferWord().MatchString(rest) || codeWord().MatchString(rest))
}

// hit is a place where a sign stands.
type hit struct {
	sign
	from, to int
}

// hits finds every sign, the strongest first; of those that rest on the same words for the same cause only one counts.
func hits(t text.Trace) []hit {
	all := []hit{}
	for _, s := range signs {
		if at := s.find(t.Folded); at != nil {
			all = append(all, hit{s, at[0], at[1]})
		}
	}
	slices.SortStableFunc(all, func(a, b hit) int { return cmp.Compare(b.weight, a.weight) })
	separate := all[:0]
	for _, h := range all {
		if !slices.ContainsFunc(separate, func(k hit) bool { return k.cause == h.cause && h.from < k.to && k.from < h.to }) {
			separate = append(separate, h)
		}
	}
	return separate
}

// weigh adds up what speaks for each cause: independent signs multiply the doubt that is left.
func weigh(t text.Trace, codes []int) []Finding {
	type pile struct {
		doubt    float64
		first    int // where the message first speaks of it: of two equal causes the first named leads
		evidence []string
	}
	piles := map[Cause]*pile{}
	add := func(c Cause, weight, at int, words string) {
		p := piles[c]
		if p == nil {
			p = &pile{doubt: 1, first: at}
			piles[c] = p
		}
		p.doubt *= 1 - float64(weight)/100
		p.first = min(p.first, at)
		if !slices.Contains(p.evidence, words) {
			p.evidence = append(p.evidence, words)
		}
	}
	for _, code := range codes {
		for _, p := range results[code].priors {
			add(p.cause, p.weight, 0, strconv.Itoa(code)+" "+results[code].text)
		}
	}
	for _, h := range hits(t) {
		add(h.cause, h.weight, h.from, t.Quote(h.from, h.to))
	}
	found := []Finding{}
	best := 0
	for c, p := range piles {
		f := Finding{Cause: c, Confidence: min(int(100*(1-p.doubt)+0.5), Ceiling), Evidence: p.evidence}
		best = max(best, f.Confidence)
		found = append(found, f)
	}
	if best < Floor {
		return []Finding{}
	}
	slices.SortFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence),
			cmp.Compare(piles[a.Cause].first, piles[b.Cause].first), cmp.Compare(a.Cause, b.Cause))
	})
	return found[:min(len(found), shown)]
}

// find returns where the sign stands, passing over places where a "not" before it says the opposite.
func (s sign) find(folded string) []int {
	if !s.negated {
		return s.pattern().FindStringIndex(folded)
	}
	for _, at := range s.pattern().FindAllStringIndex(folded, 8) {
		if !negation().MatchString(folded[max(0, at[0]-28):at[0]]) && !negatedInside().MatchString(folded[at[0]:at[1]]) {
			return at
		}
	}
	return nil
}

// negatedInside is a "not" between the thing and its state: "the domain is not locked".
var negatedInside = lazily(`\b(?:not|no longer|isn't|nicht|non (?:e|risulta)|n'est (?:pas|plus)|no (?:esta|es)) (?:\w+ )?(?:locked|lock|gesperrt|bloccat\w|verrouille|bloqueado|expired|scadut\w|expire|abgelaufen|caducado)$`)

// namesIn finds the domain names of a message; parts of e-mail and web addresses are not counted.
func namesIn(message string) []string {
	found := []string{}
	for _, m := range hostname().FindAllStringSubmatch(message, 200) {
		ascii, refusal := input.ParseDomain(m[1])
		if refusal != nil {
			continue
		}
		if name, ok := registrable(ascii); ok && !slices.Contains(found, name) && len(found) < 20 {
			found = append(found, name)
		}
	}
	return found
}

// Against marks the causes that the known facts exclude, and puts them last.
func (d Diagnosis) Against(excluded map[Cause]string) Diagnosis {
	sorted, out := make([]Finding, 0, len(d.Findings)), []Finding{}
	for _, f := range d.Findings {
		if f.RuledOut = excluded[f.Cause]; f.RuledOut != "" {
			out = append(out, f)
			continue
		}
		sorted = append(sorted, f)
	}
	d.Findings = slices.Concat(sorted, out)
	return d
}
