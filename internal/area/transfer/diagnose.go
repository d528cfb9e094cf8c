package transfer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

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
const scanned = 8 << 10

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
//nolint:misspell // six of the languages are not English
var (
	otherTransfers = lazily(`\b(?:bank|wire|iban|sepa|money|airport|file|ftp) ?transfers?\b|\btransfer\w* (?:bancari\w|of (?:chf|eur)|vom flughafen)|\btransferencia bancaria|\bvirements?\b|\bbonific\w+|\buberweis\w+`)
	transferWord   = lazily(moving + `|\b(?:nack\w*|rilasci\w+|retiene|retient|libere\w*|release[sd]?|withh\w+|freigegeben|freigabe|spostar\w*|tag ips)\b|\bgibt\b[^.!?]{0,40}\bfrei\b`)
	domainWord     = lazily(`\bdomain\w*|\bdominio?\b|\bdomini\b|\bdomaines?\b|\bdomein\w*|\bregistrars?\b|\bregistrador\b|\bregistry\b|\bepp\b|\bwhois\b|\bfoa\b|\bdnssec\b|\bregistrant\b|\bbureau d'enregistrement|\b(?:afnic|denic|sidn|nominet|eurid)\b`)
	codeWord       = lazily(code)
	statusWord     = lazily(`(?:client|server) ?transfer ?prohibited|object status prohibits|<epp\b|\bclient ?hold\b|\bips[ -]?tag\b[^.!?]{0,60}\bnot\b|\btag\b(?:[^.!?]|\.\w){0,60}\.uk\b|\.uk\b(?:[^.!?]|\.\w){0,60}\b(?:registrar'?s?|old|previous) tag\b|\btag ips\b[^.!?]{0,60}\b(?:non|pas|no|nicht)\b|\budrp\b|\burs complaint\b|no change of registrar`)
	about          = lazily(registrar + `|` + holder + `|` + registry + `|\b(?:registrat\w+|registraz\w+|registrier\w+|enregistr\w+|\w*autorisierung\w*|authori[sz]\w+|autorizza\w+|autorisation|autoriza\w+)\b`)
	succeeded      = lazily(`(?:` + moving + `)[^.!?]{0,80}(?:success|successo|succes\b|erfolgreich|correctamente|con exito|\b(?:is|was|been|now|successfully) complete\w*|completato|termine avec|gelukt|com sucesso|concluida)|(?:success\w*|erfolgreich|con exito)[^.!?]{0,40}(?:` + moving + `)`)
	received       = lazily(`\b(?:we have received your|received your order|ist eingegangen|wir haben ihren|bien recu|presa in carico|hemos iniciado|hemos recibido|recebemos|is ontvangen|aanvraag ontvangen)\b`)
	asked          = lazily(`^(?:[^.!?]{0,40}\b)?(?:how (?:do|can|to)|wie (?:entsperre|kann|bekomme)|comment|come (?:si|posso|faccio)|como (?:se|puedo)|hoe (?:kan|verhuis)|per trasferire|para transferir|om een domein|pour transferer)\b`)
	wanted         = lazily(`at your request|as (?:you )?requested|a votre demande|su (?:sua|tua|vostra) richiesta|auf ihren wunsch|wunschgemass|a peticion suya|como (?:nos )?(?:solicito|pidio)`)
	failure        = lazily(`\b(?:fail\w*|unsuccessful\w*|unable|reject\w*|refus\w*|den(?:y|ied)|declin\w*|cancel\w*|stopped|block(?:ed|s)|could not|couldn't|cannot|can ?not|can't|not|isn't|not possible|impossible|fallit\w+|non (?:e|ha|hanno|puo|possono|possiamo|riusc\w+|risulta|viene|sono|esiste|abbiamo|corrisp\w+|ancora|valid\w|sara)|respint\w+|rifiut\w+|annullat\w+|negat\w+|echou\w+|echec|annule\w*|rejete\w*|n'a pas|n'ont pas|ne|pas|fehlgeschlagen|gescheitert|scheitert\w*|schlagt~fehl|abgelehnt|abgebrochen|verweiger\w+|nicht|kein\w*|falla\w*|fallid\w|rechaz\w+|deneg\w+|no (?:se|es|ha|puede|podr\w+|podemos|tenemos|coincid\w+|exist\w+|esta|fue|recib\w+|admit\w+|tiene|response|reply|answer|one|contact|working)|mislukt|geweigerd|afgewezen|niet|geen|falhou|recus\w+|nao|nack\w*|vieta\w*|verbiet\w*|untersagt|interdit\w*|prohib\w+|forbid\w*|prevent\w*|impid\w+)\b`)
	held           = lazily(`\b(?:lock(?:ed)?|protected|gesperrt|\w*sperre|verrou\w*|blocc\w+|bloque\w*|bloquead\w|geblokkeerd|vergrendeld|prohibited)\b`)
	denied         = lazily(`\b(?:not|non|nicht|kein\w*|n'est|pas|no|niet|nao|isn't|n't) (?:\w+ )?$`)
	negation       = lazily(`\b(?:not|no longer|isn't|nicht|nicht mehr|kein\w?|non (?:e|risulta)(?: piu)?|n'est (?:pas|plus)|no (?:esta|es)|ya no esta|sin|ohne|senza|sans|niet|geen|nao|60[- ](?:day|tage)s?-?)(?: \w+)?[ ,]*$`)
	untrue         = lazily(`(?:\bit(?: is|'s) not (?:true|correct|the case) that\b|\bnon e vero che\b|\b(?:ce n'est pas|il n'est pas) (?:vrai|exact) qu|\bil est faux qu|\bes (?:stimmt|ist) nicht(?: wahr| richtig)?,? dass\b|\bes trifft nicht zu,? dass\b|` +
		`\bno es (?:cierto|verdad) que\b|\bhet (?:is niet (?:waar|zo)|klopt niet),? dat\b|\bnao e verdade que\b)(?:[^.!?;]|\.\w)*|\b(?:if|wenn|falls|se|si) (?:[^.!?;,]|\.\w)*\b(?:were|ware|fosse|etait|estuviera|fuera)\b(?:[^.!?;,]|\.\w)*`)
	notRefused = lazily(`\b(?:(?:was|were|is|has|have) (?:not|n't|never)(?: been)?|(?:was|were|is|has)n't(?: been)?|n'(?:a|ont|est) (?:pas|jamais)(?: ete)?|non (?:e|sono|verra) (?:stat[oaie] )?|(?:wurde|ist|wird) (?:\w+ )?nicht|no (?:ha|fue|se ha)(?: sido)?|(?:is|werd|wordt) (?:\w+ )?niet|nao foi) ?` +
		`(?:rejected|refused|denied|declined|cancell?ed|stopped|refusee?|rejetee?|annulee?|bloquee?|rifiutat\w|respint\w|annullat\w|negat\w|abgelehnt|abgebrochen|zuruckgewiesen|verweigert|rechazad\w|denegad\w|cancelad\w|geweigerd|afgewezen|geannuleerd|recusad\w)\b`)
	proceeds = lazily(`\b(?:may|can|will) (?:now )?(?:go ahead|begin|start|proceed|continue)|(?:is|being) (?:\w+ )?(?:transferred|moved) as planned|is running (?:normally|as planned)|\byou (?:may|can) (?:now )?(?:transfer|move) (?:it|the domain)(?: now)?|` +
		`\b(?:kann|darf) (?:\w+ )?(?:beginnen|starten|weitergehen)|\blauft (?:normal|planmassig|wie geplant)|\bpuo (?:ora )?(?:partire|iniziare|proseguire|continuare)|\b(?:prosegue|procede) (?:normalmente|regolarmente)|` +
		`\bpeut (?:demarrer|commencer|se poursuivre|maintenant etre transfere)|\bsuit son cours|\bpuede (?:empezar|comenzar|continuar|seguir adelante|trasladarse)|\bkan (?:nu )?(?:beginnen|doorgaan)|\bpode (?:comecar|continuar)`)
	onCondition = lazily(`\b(?:once|after|until|unless|when|as soon as|if|only|before|sobald|erst|wenn|nachdem|bis|appena|solo|soltanto|dopo|finche|quando|des que|apres|seulement|lorsque|quand|si|cuando|hasta|despues|en cuanto|zodra|pas|nadat|totdat|se|assim que|depois)\b`)
	hostname    = lazily(`(?:^|[^@/\w.-])((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,24})\b`)
)

// Diagnose reads the words of a failure message or the answer of a registry.
func Diagnose(message string) Diagnosis {
	if len(message) > scanned {
		message = message[:scanned]
	}
	t := text.NewTrace(lined(message))
	t.Original = message
	for _, denial := range []pattern{untrue, notRefused} {
		t.Folded = denial().ReplaceAllStringFunc(t.Folded, func(s string) string { return strings.Repeat(" ", len(s)) })
	}
	d := Diagnosis{Findings: []Finding{}, Names: namesIn(message)}
	onTopic := d.topic(t)
	d.Codes = codesIn(t, onTopic)
	if !onTopic && len(d.Codes) == 0 {
		return d
	}
	for _, harmless := range []pattern{succeeded, wanted, received, asked} {
		if harmless().MatchString(t.Folded) && !failure().MatchString(t.Folded) {
			return d
		}
	}
	if goesOn(t.Folded) {
		return d
	}
	d.Findings = weigh(t, d.Codes)
	return d
}

// goesOn tells whether a message says that the transfer takes its course, on no condition, and of no failure: what stood
// in its way is then told as something past.
func goesOn(folded string) bool {
	at := proceeds().FindStringIndex(folded)
	return at != nil && !failure().MatchString(folded) && !onCondition().MatchString(sentenceAt(folded, at))
}

func (d Diagnosis) topic(t text.Trace) bool {
	if statusWord().MatchString(t.Folded) {
		return true
	}
	rest := otherTransfers().ReplaceAllString(t.Folded, "")
	switch {
	case len(d.Names) == 0 && !domainWord().MatchString(rest):
		return false
	case transferWord().MatchString(rest), codeWord().MatchString(rest):
		return true
	}
	return len(d.Names) > 0 && about().MatchString(rest) && (failure().MatchString(rest) || held().MatchString(rest))
}

// lined ends the sentence at the end of every short line (a subject, a heading): it was not broken by an e-mail program.
// The text keeps its length.
func lined(message string) string {
	b, begin := []byte(message), 0
	for i, c := range b {
		if c != '\n' {
			continue
		}
		if i-begin < wrapped {
			b[i] = '!' // a sign that always ends a sentence
		}
		begin = i + 1
	}
	return string(b)
}

// wrapped is the length from which on a line may have been broken by an e-mail program, in bytes.
const wrapped = 50

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

// sure is the doubt that may be left of a cause that explains others away.
const sure = 0.4

// explains are, for an exact cause, those that only say the same less exactly: a registrar refuses because of the lock, a
// domain is suspended because its address was never verified. They stay in the list, behind it.
var explains = map[Cause][]Cause{
	HolderChanged:  {SixtyDays, Locked, RegistrarRefused, HolderMismatch, ServerLocked},
	Unverified:     {Suspended, ContactInvalid, NotConfirmed, RegistrarRefused},
	Dispute:        {RegistrarRefused, Frozen, Locked, Pending, Suspended, HolderMismatch},
	Declined:       {NotConfirmed, RegistrarRefused},
	Redemption:     {Expired, NotFound, Pending},
	Unpaid:         {RegistrarRefused, Locked},
	CodeOld:        {CodeWrong, Expired, RegistrarRefused},
	CodeWrong:      {RegistrarRefused},
	Frozen:         {Locked, RegistrarRefused},
	Protected:      {Locked, RegistrarRefused},
	ServerLocked:   {Locked, RegistrarRefused},
	SixtyDays:      {Locked, RegistrarRefused},
	Locked:         {RegistrarRefused},
	NotConfirmed:   {RegistrarRefused},
	NameServers:    {RegistryDown, RegistrarRefused},
	SignedZone:     {Locked, RegistrarRefused},
	TagNotChanged:  {RegistrarRefused, Locked, CodeWrong},
	Ineligible:     {RegistrarRefused, HolderMismatch},
	ContactInvalid: {NotConfirmed, RegistrarRefused},
	HolderMismatch: {RegistrarRefused},
	Expired:        {RegistrarRefused},
	Pending:        {RegistrarRefused},
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
	for exact, vague := range explains {
		p := piles[exact]
		if p == nil || p.doubt > sure {
			continue
		}
		for _, c := range vague {
			if v := piles[c]; v != nil {
				v.doubt = max(v.doubt, p.doubt+0.05)
			}
		}
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

// find returns where the sign stands, passing over places where a "not" before it says the opposite, and sentences that
// do not hold what it needs or hold what bars it.
func (s sign) find(folded string) []int {
	if !s.negated && s.needs == nil && s.bars == nil {
		return s.pattern().FindStringIndex(folded)
	}
	for _, at := range s.pattern().FindAllStringIndex(folded, 8) {
		sentence := sentenceAt(folded, at)
		switch {
		case s.negated && (negation().MatchString(folded[max(0, at[0]-28):at[0]]) || negatedInside().MatchString(folded[at[0]:at[1]])):
		case s.needs != nil && !s.needs().MatchString(sentence), s.bars != nil && stands(s.bars, sentence):
		default:
			return at
		}
	}
	return nil
}

// stands tells whether a wording stands in a sentence without a "not" right before it.
func stands(p pattern, sentence string) bool {
	for _, at := range p().FindAllStringIndex(sentence, 8) {
		if !denied().MatchString(sentence[max(0, at[0]-20):at[0]]) {
			return true
		}
	}
	return false
}

// sentenceAt is the sentence around a place. A dot ends one before a blank; that of a name does not.
func sentenceAt(folded string, at []int) string {
	from, to := at[0], at[1]
	for from > 0 && !endsSentence(folded, from-1) {
		from--
	}
	for to < len(folded) && !endsSentence(folded, to) {
		to++
	}
	return folded[from:to]
}

func endsSentence(folded string, i int) bool {
	return folded[i] == '!' || folded[i] == '?' || folded[i] == '.' && (i+1 == len(folded) || folded[i+1] == ' ' || folded[i+1] == '!')
}

// negatedInside is a "not" between the thing and its state: "the domain is not locked".
var negatedInside = lazily(`\b(?:not|no longer|isn't|nicht|non (?:e|risulta)|n'est (?:pas|plus)|no (?:esta|es|ha)|niet|nao) (?:\w+ )?(?:locked|lock|gesperrt|bloccat\w|verrouille|bloquead\w|vergrendeld|expired|scadut\w|expire|abgelaufen|caducado|expirado|verlopen|veraltet|outdated|wrong|incorrect[oa]?|invalid[aeo]?|rejected|refused|falsch|ungultig|errat\w|sbagliat\w|faux|errone|onjuist|ongeldig|verkeerd)$`)

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
