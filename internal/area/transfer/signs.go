package transfer

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// pattern is compiled when it is first asked for: all of them together would be a good part of the program's start.
type pattern func() *regexp.Regexp

func lazily(text string) pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// sign is a wording that speaks for a cause, with how strongly it does, in per cent. Patterns see folded text: lower
// case, no marks, single blanks.
type sign struct {
	cause   Cause
	weight  int
	pattern pattern
	negated bool    // whether "not" right before it turns it into its opposite
	needs   pattern // what has to stand in the same sentence; nil for nothing
	bars    pattern // what must not stand in the same sentence; nil for nothing
}

// say makes a sign of a wording that means the same whatever stands before it.
func say(c Cause, weight int, text string) sign {
	return sign{cause: c, weight: weight, pattern: compile(text)}
}

// state makes a sign of a wording that a "not" turns into its opposite.
func state(c Cause, weight int, text string) sign {
	return sign{cause: c, weight: weight, pattern: compile(text), negated: true}
}

// with asks for another wording in the same sentence, before or after.
func (s sign) with(text string) sign {
	s.needs = compile(text)
	return s
}

// without lets the sign be silent where another wording stands in the same sentence.
func (s sign) without(text string) sign {
	s.bars = compile(text)
	return s
}

// "~" is any short stretch within one sentence; the dot of a name does not end one.
func compile(text string) pattern {
	return lazily(strings.ReplaceAll(text, "~", `(?:[^.!?]|\.\w){0,60}?`))
}

// signs is the whole rule table.
var signs = slices.Concat(registrarSigns, holderSigns)

// because leads over to a reason: that a registrar refused is then the lesser half of what the sentence says.
const because = `\b(?:because|since|due to|owing to|as the|reason:|perche|poiche|a causa|causa|per via|parce que|car|en raison|faute|motif :|weil|wegen|da (?:die|der|das|es|ein)|aufgrund|grund:|porque|debido|por (?:impago|falta)|omdat|vanwege|wegens|devido)\b`

// registrarSigns are the rules about what a registrar or a registry holds against a transfer. Where nothing is said, 85 is plain wording, 60 wording that also has other uses, 35 a hint.
//
//nolint:misspell // six of the languages are not English
var registrarSigns = []sign{
	say(Locked, 92, `client ?transfer ?prohibited`),
	state(Locked, 85, `\b(?:registrar|transfer|domain)[ -]?lock\b|\btransfer ?prohibited\b`).without(isOff),
	say(Locked, 85, domain+`~(?:not|n't) (?:yet )?(?:been )?unlocked\b`).without(anyCode),
	state(Locked, 85, domain+`~`+locked).without(registry + `|` + anyCode + `~` + locked + `|\b(?:wahrend|during|durante|pendant|tijdens|fur anderungen|for changes)\b`),
	state(Locked, 85, `(?:remove|disable|switch off|turn off)~\block\b|\bunlock(?:ed)? (?:it|the domain|your domain|first)`),
	state(Locked, 85, `\bblocco (?:del|di) (?:registrar|trasferimento|dominio)|\bbloqueo (?:del|de) (?:registrador|transferencia|dominio)|\bbloqueio de transferencia`).without(isOff),
	state(Locked, 85, `\b(?:transfer|domain|registrar)-?sperre\b|\bverrou(?:illage)?\b~(?:actif|active|registrar|domaine|transfert)`).without(isOff),
	say(Locked, 86, against),
	say(Locked, 84, lock+`~`+isOn).without(registry),
	say(Locked, 84, `er staat nog een lock|\bstatus:? lock\b|nicht (?:zum|fur den) (?:umzug|transfer|providerwechsel) freigegeben|\bpreack\b`),
	say(Locked, 60, `(?:disattiv|rimuov|togli)\w*~\bblocco\b|\bsblocc\w+~\bdominio|\b(?:deverrouill\w+|(?:retirer|lever|desactiver)~\bverrou\b)`),
	say(Locked, 60, `\bentsperr\w+|\bsperre~(?:aufheb|entfern|deaktivier)\w*|(?:desactiv|quit|retir)\w*~\bbloqueo\b|\bdesbloque\w+|\bontgrendel\w+`),

	say(ServerLocked, 93, `server ?transfer ?prohibited`),
	say(ServerLocked, 85, `\bregistry[ -]?lock\b|\bdomain guard\b`),
	say(ServerLocked, 80, locked+` (?:by the|dal|por el|von der|durch die|par le|door de|pelo) `+registry),

	say(CodeWrong, 82, `\b2005\b~auth ?info|auth ?info~\b2005\b|parameter value syntax error~auth ?info|auth ?info~parameter value syntax error`),
	say(CodeWrong, 90, `invalid auth(?:ori[sz]ation)? ?(?:info(?:rmation)?|code)|authori[sz]ation failed`),
	state(CodeWrong, 85, code+`~`+isWrong).without(passed),
	say(CodeWrong, 85, wrongBefore+` (?:est )?(?:le |el |il |the |het |o |\w+/)?`+code),
	state(CodeWrong, 72, `\b(?:code|codice|codigo|token)\b~`+isWrong).without(passed),
	say(CodeWrong, 72, wrongBefore+` (?:le |el |il |the |het |o )?(?:code|codice|codigo|token)\b`).without(passed),

	state(CodeOld, 88, code+`~`+outOfDate).without(passed),
	say(CodeOld, 88, `(?:expired|outdated|abgelaufene[rsn]?|veraltete[rsn]?|verlopen) `+code),
	state(CodeOld, 74, `\b(?:code|codice|codigo|token)\b~`+outOfDate).without(passed),
	say(CodeOld, 86, newer+` (?:\w+ ){0,2}?`+anyCode+`~`+made+`|`+made+` (?:\w+ ){0,3}?(?:piu recente|plus recent|mas reciente)`).with(anyCode),
	say(CodeOld, 86, `\b(?:only the (?:newest|latest|last)|(?:nur|lediglich) der (?:neu\w+|letzte)|(?:solo|soltanto) l'ultimo|seul le (?:dernier|plus recent)|solo el ultimo|alleen de (?:laatste|nieuwste))\b`).with(anyCode),
	say(CodeOld, 86, `\b(?:mehrfach|more than once|piu di una volta|plusieurs fois|genero otro|otro despues)\b`).with(anyCode),

	say(SixtyDays, 85, sixtyDays).with(tooYoung).without(oldEnough),
	say(SixtyDays, 60, `(?:60|sixty) days (?:have|must|after|since|of)`),
	say(SixtyDays, 80, `60[ -](?:day|tage)[ -](?:transfer )?(?:lock|rule|period|limit|frist|regel|sperre)`),
	say(SixtyDays, 80, youngAge),

	say(HolderChanged, 93, `change of registrant|(?:lock|sperre|verrouillage|blocco|bloqueo)\w* (?:after|nach|apres|dopo|tras) (?:\w+ ){0,2}?(?:change|anderung|changement|cambio)`).without(`\bnot? change\b`),
	say(HolderChanged, 92, holderData+`~`+changed+`|`+changed+`~`+holderData+`|\binhaberwechsel\b|\bhouderwijziging\b`).with(justNow).without(`must be (?:changed|updated)`),

	state(Expired, 85, domain+`~`+hasExpired).without(anyCode + `~` + outOfDate + `|` + confirm + `|` + moving + ` (?:of|di|de|von|van|der domain) (?:(?:[^ .!?]|\.\w)+ ){0,3}?` + hasExpired + `|\b(?:request|transfer|order|verhuizing|richiesta|demande|antrag\w*|solicitud) (?:has |is |had )?expired`),
	state(Expired, 85, hasExpired+`~`+domain).without(anyCode + `|` + confirm + `|` + request + ` (?:\w+ ){0,3}?` + hasExpired),
	state(Expired, 85, expiredName),
	say(Expired, 80, `\b(?:vencio|caduco|expiro|echu depuis|endete)\b`).with(domain).without(anyCode + `|` + confirm + `|` + request + ` (?:\w+ )?(?:vencio|caduco|expiro)`),
	say(Expired, 45, `renew (?:it|the domain|your domain)~(?:before|first)|(?:rinnov\w+|renouvel\w+|verlanger\w+|renov\w+|verleng\w*)~(?:prima|avant|vor dem|antes|eerst)|prima rinnovar\w+`),

	say(Redemption, 92, `redemption ?period|redemption grace|pending ?(?:delete|restore)`),
	say(Redemption, 88, `\bredemption\b|periode de redemption|periodo di (?:redenzione|riscatto)|periodo de (?:redencion|redencao)|quarantan[ae]|quarantaine|\bquarantine\b|\bcuarentena\b|ubergangsfrist`),
	say(Redemption, 82, deleted).with(restoring),
	say(Redemption, 45, `(?:has|have|needs?) to be restored|va ripristinato|restauration|wiederherstell\w+|restaurar\w*`),

	say(RegistrarRefused, 70, registrar+`~`+refused).without(registry + `|` + because),
	say(RegistrarRefused, 70, refused+`~`+registrar).without(because),
	say(RegistrarRefused, 62, registrar).with(refused).without(registry + `|` + because),
	say(RegistrarRefused, 75, `\bnack(?:ed)?\b|client ?rejected|\brefus du (?:prestataire|registrar|bureau)`).without(because),

	say(Unpaid, 88, unpaid).without(noDebt),
	say(Unpaid, 86, payment).with(notPaid).without(noDebt),
	say(Unpaid, 86, onceItIs+`~`+payment+`~`+settled).with(refused + `|` + registrar + `|` + failing).without(noDebt),

	say(Pending, 90, `object pending transfer|pending ?transfer\b|undergoing (?:\w+ )?transfer`),
	say(Pending, 85, another+`~`+request+`~`+underWay+`|`+request+`~`+another+`~`+underWay+`|`+request+`~`+underWay+`~`+another+`|`+another+`~`+underWay+`~`+request+`|`+underWay+`~`+another+`~`+request+`|`+underWay+`~`+request+`~`+another),

	say(Frozen, 88, `(?:\.fr\b|\bafnic\b)~\b(?:frozen|blocked|gele(?:es?)?|bloque(?:es?)?|eingefroren|gesperrt|blockiert|congelat\w|congelado|bloccat\w|bloqueado)\b`),
	say(Frozen, 88, `\b(?:frozen|gele(?:es?)?|bloque(?:es?)?|eingefroren|blockiert|congelat\w|congelado)\b~(?:\.fr|afnic)\b`),
	say(Frozen, 60, `(?:etat|status|stato|estado|zustand) "?frozen"?`),

	say(Protected, 88, `(?:specially|particularly) protected|(?:particolarmente|appositamente) protett\w|particulierement protege|specialement protege|besonders geschutzt\w*|especialmente protegid\w|\bbakom\b`),
	say(Protected, 86, `(?:reserved|riservat|reserve|vorbehalten|reservad)\w*~(?:municipalit|comun|commune|gemeinde|municipi)\w*|(?:municipalit|comune|commune|gemeinde|municipi)\w*~(?:reserved|riservat|reserve|vorbehalten|reservad)\w*`),

	say(SignedZone, 84, `\bdnssec\b|\bds[ -](?:records?|eintrag\w*)|\brecords? ds\b|\benregistrements? ds\b|\bregistros ds\b`),
	say(NameServers, 86, servers).with(failsTest),
	say(NameServers, 86, servers+`~(?:bestehen|besteht|do not pass|does not pass|don't pass|ne passent pas|no superan|non superano)\b`).with(`\btests?\b|\bcontroles?\b|\bcontrollo\b|\bcheck\b|\bprufung\b`),
	say(TagNotChanged, 92, tag).with(unchanged),
	say(TagNotChanged, 84, `\btag\b`).with(`\buk\b|\bnominet\b|\breleased?\b|rilasci\w+`),
	say(Ineligible, 84, residence).with(ofAUnion).without(`eligible for (?:transfer|renewal)|` + sixtyDays),
	say(Ineligible, 82, `(?:does not|doesn't) meet~requirement`).with(holder),
	say(Ineligible, 80, `\b(?:nif|nie|cif|vat number|partita iva|codice fiscale|tax id)\b~(?:missing|manca\w*|falta\w*|fehl\w*|not valid|invalid\w*)`),
	say(Ineligible, 80, `\b(?:wants|requires|verlangt|richiede|exige)\b~\b(?:nif|nie|cif|vat number|codice fiscale|tax id)\b`),

	say(NotFound, 88, `object does not exist`),
	state(NotFound, 85, domain+`~(?:does not exist|is(?: currently)? not registered|isn't registered|could not be found|not registered|non esiste|non (?:e|risulta) registrat\w|inesistente|n'existe pas|n'est pas enregistre|inexistant\b|existiert (?:\w+ ){0,4}?nicht|ist nicht registriert|nicht registriert|no existe|no esta registrado|is niet geregistreerd|nao (?:existe|esta registrado))`).without(address + `|` + sixtyDays),
	say(NotFound, 82, `(?:ne connait pas|does not know|kennt keine?|non conosce|no conoce)~`+domain).with(registry),
}
