package transfer

import (
	"regexp"
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
	negated bool // whether "not" right before it turns it into its opposite
}

// say makes a sign of a wording that means the same whatever stands before it.
func say(c Cause, weight int, text string) sign {
	return sign{cause: c, weight: weight, pattern: compile(text)}
}

// state makes a sign of a wording that a "not" turns into its opposite.
func state(c Cause, weight int, text string) sign {
	return sign{cause: c, weight: weight, pattern: compile(text), negated: true}
}

// "~" is any short stretch within one sentence; the dot of a name does not end one.
func compile(text string) pattern {
	return lazily(strings.ReplaceAll(text, "~", `(?:[^.!?]|\.\w){0,60}?`))
}

// signs is the rule table. Each block is one cause; its lines are English, Italian, French, German, Spanish where the
// words differ. Where nothing is said, 85 is plain wording, 60 wording that also has other uses, 35 a hint.
//
//nolint:misspell // four of the languages are not English
var signs = []sign{
	say(Locked, 92, `client ?transfer ?prohibited`),
	state(Locked, 85, `\b(?:registrar|transfer|domain)[ -]?lock\b`),
	state(Locked, 85, `\b(?:domain|name|it)\b~\blocked\b`),
	state(Locked, 85, `(?:remove|disable|switch off|turn off)~\block\b|\bunlock(?:ed)? (?:it|the domain|your domain|first)`),
	state(Locked, 85, `\b(?:dominio|nome)\b~\bbloccat[oi]\b|\bblocco (?:del|di) (?:registrar|trasferimento|dominio)`),
	say(Locked, 60, `(?:disattiv|rimuov|togli)\w*~\bblocco\b|\bsblocc\w+~\bdominio`),
	state(Locked, 85, `\b(?:domaine|nom)\b~\bverrouille\b|\bverrou(?:illage)?\b~(?:actif|active|registrar|domaine|transfert)`),
	say(Locked, 60, `\b(?:deverrouill\w+|(?:retirer|lever|desactiver)~\bverrou\b)`),
	state(Locked, 85, `\b(?:transfer|domain|registrar)-?(?:sperre|lock)\b|\b(?:domain|name)\b~\bgesperrt\b`),
	say(Locked, 60, `\bentsperr\w+|\bsperre~(?:aufheb|entfern|deaktivier)\w*`),
	state(Locked, 85, `\bdominio\b~\bbloqueado\b|\bbloqueo (?:del|de) (?:registrador|transferencia|dominio)`),
	say(Locked, 60, `(?:desactiv|quit|retir)\w*~\bbloqueo\b|\bdesbloque\w+`),

	say(ServerLocked, 93, `server ?transfer ?prohibited`),
	say(ServerLocked, 85, `\bregistry[ -]?lock\b`),
	say(ServerLocked, 70, `\b(?:udrp|urs)\b|(?:subject to|under) (?:a )?(?:legal )?dispute|domain dispute`),
	say(ServerLocked, 70, `\b(?:controversia|contenzioso|contestazione)\b|procedura di opposizione`),
	say(ServerLocked, 70, `\blitige\b|gel judiciaire`),
	say(ServerLocked, 70, `\b(?:rechtsstreit|dispute-eintrag|disput)\b`),
	say(ServerLocked, 70, `\b(?:litigio|disputa)\b`),

	say(CodeWrong, 90, `invalid auth(?:ori[sz]ation)? ?(?:info(?:rmation)?|code)`),
	state(CodeWrong, 85, code+`~`+isWrong),
	say(CodeWrong, 85, wrongEN+` `+code),
	state(CodeWrong, 85, `(?:`+wrongBefore+`) (?:est )?(?:le |el |il |\w+/)?`+code),
	state(CodeWrong, 60, `\b(?:code|codice|codigo)\b~`+isWrong),

	say(CodeOld, 70, `\b(?:code|codice|codigo)\b~(?:no longer valid|non e piu valido|n'est plus val\w+|nicht mehr gultig|ya no es valido)`),
	say(CodeOld, 88, code+`~(?:has|is|was|had)? ?(?:expired|no longer valid|outdated|superseded)`),
	say(CodeOld, 80, `(?:newer|new|more recent) (?:auth\S* |epp |transfer )?code~(?:generated|issued|created|set)`),
	say(CodeOld, 88, code+`~(?:e|risulta|era) (?:scadut\w|superat\w|non piu valid\w)|`+code+`~non (?:e piu valid\w|vale piu)|codice piu recente`),
	say(CodeOld, 88, code+`~(?:a expire|est expire|est perime|n'est plus val\w+)|nouveau code~(?:genere|emis|cree)`),
	say(CodeOld, 88, code+`~(?:abgelaufen|veraltet|nicht mehr gultig)|(?:neuer?|neuen) `+code+`~(?:gesetzt|erzeugt|erstellt|vergeben)|inzwischen~neue?r? `+code),
	say(CodeOld, 88, code+`~(?:ha caducado|caducado|ha expirado|ya no es valido|ha vencido)|codigo mas reciente`),

	say(ContactInvalid, 85, address+`~(?:not reachable|unreachable|invalid|not valid|does not exist|bounced|undeliverable|incorrect)`),
	say(ContactInvalid, 60, `(?:invalid|wrong|undeliverable) (?:registrant |owner |contact )?`+address),
	say(ContactInvalid, 85, address+`~(?:non (?:e |risulta )?valid\w|inesistente|irraggiungibile|errat\w|non raggiungibile)|tornat\w al mittente`),
	say(ContactInvalid, 85, address+`~(?:n'est pas valide|n'existe pas|invalide|injoignable|erronee|inexistante)`),
	say(ContactInvalid, 85, address+`~(?:ungultig|nicht erreichbar|nicht gultig|existiert nicht|unzustellbar|falsch)`),
	say(ContactInvalid, 85, address+`~(?:no es valid\w|no existe|invalid\w|incorrect\w|inaccesible)`),

	say(NotConfirmed, 85, `(?:confirmation|approval|authori[sz]ation) (?:e-?mail|message|mail|request)~(?:not|never|n't)~(?:answered|confirmed|received|clicked)`),
	say(NotConfirmed, 85, `(?:did not|didn't|not|never|without)~(?:receiv\w+|get|got)~\b(?:approval|confirmation)|(?:not|never) (?:been )?(?:confirmed|approved|acknowledged|clicked)`),
	say(NotConfirmed, 85, `(?:nobody|no one) (?:has )?(?:approved|confirmed|answered)`),
	say(NotConfirmed, 60, `no (?:response|reply|answer)~(?:registrant|owner|holder|confirmation)|(?:request|transfer)~lapsed`),
	say(NotConfirmed, 85, `non (?:ha|e stat\w|abbiamo)~(?:confermat\w|ricevut\w~conferma|rispost\w)|mancata conferma|senza (?:la )?conferma`),
	say(NotConfirmed, 85, `(?:sans|absence de|faute de)~(?:confirmation|reponse)|n'(?:a|avez) pas ete? ?(?:confirme|valide|repondu)|n'avez pas (?:confirme|valide)|pas recu~(?:confirmation|accord)`),
	say(NotConfirmed, 85, `bestatig\w+~nicht~(?:beantwortet|erfolgt|eingegangen|erhalten|angeklickt)|nicht (?:rechtzeitig )?bestatigt|keine bestatigung`),
	say(NotConfirmed, 85, `no (?:respondio|ha respondido|confirmo|ha confirmado|fue confirmad\w|se confirmo)|sin (?:la )?confirmacion|falta de confirmacion`),

	say(SixtyDays, 85, `(?:less than|within(?: the last)?|under|younger than|first|last) (?:60|sixty)[ -]days?|60[ -]day (?:transfer )?(?:lock|rule|period|limit)`),
	say(SixtyDays, 60, `(?:60|sixty) days (?:have|must|after|since|of)`),
	say(SixtyDays, 85, `(?:meno di|primi|ultimi|trascorsi|passati) (?:60|sessanta) giorni`),
	say(SixtyDays, 85, `(?:moins de|premiers|derniers|delai de|des) (?:60|soixante) (?:premiers |derniers )?jours`),
	say(SixtyDays, 85, `(?:weniger als|vor unter|noch keine|ersten|letzten|frist von|innerhalb von) (?:60|sechzig) tagen?|60-tage-(?:frist|regel|sperre)`),
	say(SixtyDays, 85, `(?:menos de|primeros|ultimos|transcurrido|pasado) (?:60|sesenta) dias`),

	state(Expired, 85, `(?:domain|name)\b~(?:has|is|had)(?: already)? expired|expired domain|registrar-?hold`),
	state(Expired, 85, `\b(?:dominio|nome)\b~\b(?:e|risulta) (?:gia )?scadut[oi]|dominio scaduto`),
	state(Expired, 85, `\b(?:domaine|nom)\b~\b(?:est|a|etant) (?:deja )?expire\b|domaine expire\b`),
	state(Expired, 85, `\bdomain(?:name|s)?\b~\b(?:ist|bereits) (?:bereits )?abgelaufen|abgelaufene domain`),
	state(Expired, 85, `\bdominio\b~\b(?:ha|esta) (?:ya )?(?:caducado|expirado|vencido)|dominio (?:caducado|expirado|vencido)`),
	say(Expired, 45, `renew (?:it|the domain|your domain)~(?:before|first)|(?:rinnov\w+|renouvel\w+|verlanger\w+|renov\w+)~(?:prima|avant|vor dem|antes)|prima rinnovar\w+`),

	say(Redemption, 92, `redemption ?period|redemption grace|pending ?(?:delete|restore)`),
	say(Redemption, 88, `\bredemption\b|periode de redemption|periodo di (?:redenzione|riscatto)|periodo de redencion|quarantan[ae]|quarantaine`),
	say(Redemption, 45, `(?:has|have|needs?) to be restored|va ripristinato|restauration|wiederherstell\w+|restaurar\w*`),

	say(RegistrarRefused, 80, `(?:rejected|refused|denied|declined) by the (?:current|losing|present|old|sponsoring) (?:registrar|provider)`),
	say(RegistrarRefused, 80, `(?:current|losing|present|old) (?:registrar|provider) (?:has )?(?:explicitly )?(?:rejected|refused|denied|declined)`),
	say(RegistrarRefused, 80, `(?:registrar|provider|gestore|fornitore) (?:cedente|attuale|uscente|perdente) ha (?:rifiutat|respint|negat)\w`),
	say(RegistrarRefused, 60, `(?:rifiutat|respint|negat)\w+ dal (?:registrar|provider|gestore|fornitore) (?:cedente|attuale|uscente)`),
	say(RegistrarRefused, 80, `(?:bureau d'enregistrement|registrar|prestataire) (?:sortant|actuel|perdant) a (?:refuse|rejete|decline)`),
	say(RegistrarRefused, 60, `(?:refuse|rejete) par (?:le|votre) (?:bureau d'enregistrement|registrar|prestataire)`),
	say(RegistrarRefused, 80, `(?:abgebende|bisherige|aktuelle|jetzige)[rn]? (?:registrar|anbieter|provider)~(?:abgelehnt|verweigert|zuruckgewiesen|abgewiesen)`),
	say(RegistrarRefused, 80, `(?:registrador|proveedor) (?:de origen|actual|saliente|cedente) (?:ha )?(?:rechaz|deneg|deni)\w+`),
	say(RegistrarRefused, 60, `(?:rechazad|denegad)\w+ por (?:el|su) (?:registrador|proveedor)`),

	say(Unpaid, 88, `(?:outstanding|unpaid|overdue|open) (?:invoice|payment|balance|fee|amount)|non-?payment`),
	say(Unpaid, 88, `fattur\w+~(?:non pagat|insolut|apert|in sospeso|scoperta)\w*|mancato pagamento|insoluto`),
	say(Unpaid, 88, `facture~(?:impayee|non payee|en souffrance)|\bimpayes?\b|defaut de paiement`),
	say(Unpaid, 88, `(?:offen|unbezahlt|ausstehend)\w* (?:rechnung|forderung|betrag|zahlung)\w*|rechnung~(?:nicht bezahlt|offen|unbezahlt)`),
	say(Unpaid, 88, `factura\w*~(?:pendiente|impagad|sin pagar|vencid)\w*|falta de pago|impago`),

	say(Pending, 90, `object pending transfer|pending ?transfer\b`),
	say(Pending, 85, `(?:another|already a|other) (?:\w+ )?(?:transfer|request)~(?:in progress|under way|underway|running|pending|open)|transfer~already (?:in progress|under way|pending)`),
	say(Pending, 85, `gia in corso~(?:trasferimento|richiesta)|(?:altra|altro) (?:richiesta|trasferimento)~in corso`),
	say(Pending, 85, `(?:autre|une) (?:demande|transfert)~(?:deja )?en cours|transfert~deja en cours`),
	say(Pending, 85, `(?:bereits|schon)~(?:transfer|antrag|ubertragung)\w*~(?:lauft|hangig|offen)|lauft bereits~(?:transfer|antrag|ubertragung)`),
	say(Pending, 85, `(?:ya existe|otra) (?:\w+ )?(?:solicitud|transferencia)~(?:en curso|pendiente)|transferencia~ya (?:esta )?en curso`),

	say(Frozen, 88, `(?:\.fr|afnic)\b~\b(?:frozen|blocked|gele|bloque|eingefroren|gesperrt|blockiert|congelat\w|congelado|bloccat\w|bloqueado)\b`),
	say(Frozen, 88, `\b(?:frozen|gele|bloque|eingefroren|blockiert|congelat\w|congelado)\b~(?:\.fr|afnic)\b`),
	say(Frozen, 60, `(?:etat|status|stato|estado|zustand) "?frozen"?`),

	say(Protected, 88, `(?:specially|particularly) protected|(?:particolarmente|appositamente) protett\w|particulierement protege|specialement protege|besonders geschutzt\w*|especialmente protegid\w`),
	say(Protected, 60, `(?:reserved|riservat|reserve|vorbehalten|reservad)\w*~(?:municipalit|comun|commune|gemeinde|municipi)\w*|(?:municipalit|comune|commune|gemeinde|municipi)\w*~(?:reserved|riservat|reserve|vorbehalten|reservad)\w*`),

	say(NotFound, 88, `object does not exist`),
	state(NotFound, 85, `domain~(?:does not exist|is not registered|could not be found|not registered)`),
	say(NotFound, 85, `(?:dominio|nome)~(?:non esiste|non (?:e|risulta) registrat\w|inesistente)`),
	say(NotFound, 85, `(?:domaine|nom)\b~(?:n'existe pas|n'est pas enregistre|inexistant\b)`),
	say(NotFound, 85, `domain\w*\b~(?:existiert nicht|ist nicht registriert|nicht registriert)`),
	say(NotFound, 85, `dominio~(?:no existe|no esta registrado|inexistente)`),

	say(HolderMismatch, 85, holder+`~(?:do(?:es)? not|don't|doesn't) (?:match|agree|correspond)|mismatch~`+holder+`|`+holder+`~mismatch`),
	say(HolderMismatch, 85, holder+`~non (?:corrispond|coincid)\w+`),
	say(HolderMismatch, 85, holder+`~ne (?:correspond|coincid)\w+ pas`),
	say(HolderMismatch, 85, holder+`~(?:nicht~(?:uberein|identisch)|stimm\w+ nicht)|abweichende inhaberdaten`),
	say(HolderMismatch, 85, holder+`~no (?:coincid|correspond)\w+`),

	say(RegistryDown, 85, registry+`~`+outage),
	say(RegistryDown, 85, outage+`~`+registry),
	say(RegistryDown, 75, `command failed|server closing connection`),
}

// The words that the patterns above share.
const (
	code        = `(?:\b(?:auth(?:ori[sz]ation)?[ /-]?(?:info(?:rmation)?|codes?)|authinfo|authcode|epp[ -]?(?:code|key)|transfer[ -]?(?:code|key)|autorisierungscode|transfercode|codice (?:di )?(?:autorizzazione|trasferimento|auth\S*|epp)|code d(?:'autorisation|e transfert)|codigo (?:de )?(?:autorizacion|transferencia|traspaso|auth\S*))\b)`
	isWrong     = `(?:\b(?:incorrect|wrong|invalid|not (?:correct|valid|right)|does not match|rejected|non (?:e |risulta )?(?:corrett|valid|esatt)\w|errat\w|sbagliat\w|errone|invalide|incorrecte?|n'est pas (?:correct|valable|valide|bon)|falsch|ungultig|nicht (?:korrekt|richtig|gultig)|no es (?:correct|valid)\w|incorrect[oa]|erroneo|no valido)\b)`
	wrongEN     = `\b(?:wrong|incorrect|invalid|bad)`
	wrongBefore = `errat\w|errone|incorrect\w|invalid[oa]|no valido|falsche[rsn]?|ungultige[rsn]?`
	address     = `(?:\b(?:registrant|owner|holder|contact|admin\w*|titolare|titulaire|proprietaire|inhaber\w*|titular|propietario|contatto|contacto|kontakt\w*)?\W{0,4}(?:s )?\b(?:e-?mail(?:[ -]?(?:addresse?|adresse?))?|(?:indirizzo|adresse|direccion)(?: de)?(?: di)?(?: correo(?: electronico)?| e-?mail| courriel| posta)?|correo electronico|mailadresse)\b)`
	holder      = `(?:\b(?:registrant|owner|holder|titolare|intestatario|titulaire|inhaber(?:daten)?|titular)\b)`
	registry    = `(?:\b(?:registry|registro|registre|registrierungsstelle|nic|afnic|denic|switch)\b)`
	outage      = `(?:\b(?:maintenance|unavailable|outage|not reachable|down|manutenzione|non disponibile|indisponible|wartung(?:sarbeiten)?|nicht erreichbar|storung|mantenimiento|no disponible)\b)`
)
