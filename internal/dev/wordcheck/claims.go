package wordcheck

import "regexp"

// Claim is something that Kontor once said and that was not so: an act that Infomaniak decides about was told as done, a
// part of Kontor as if it were the account at Infomaniak, or nothing known as nothing waiting.
type Claim struct {
	Why   string
	Words map[string]string // what must not be said, by language, as a regular expression
}

// Claims are those that must not come back. A test looks for them in the message files, another on every page.
var Claims = []Claim{
	{"a top-up is noted here; Infomaniak credits it", map[string]string{
		"en": `[Tt]he account is credited`, "it": `[Ii]l conto è accreditato`, "de": `Das Konto ist aufgeladen`,
		"fr": `[Ll]e compte est crédité`, "es": `[Ll]a cuenta está acreditada`,
	}},
	{"which account pays a renewal is planned here and changed in the Manager", map[string]string{
		"en": `(is|are) now paid from|now pays for`, "it": `(è|sono) ora pagat[oi]|paga ora ciò`, "de": `(wird|werden) jetzt vom Prepaid-Konto bezahlt|bezahlt jetzt alles`,
		"fr": `(est|sont) désormais payés? par|paie désormais`, "es": `se pagan? ahora desde|paga ahora todo`,
	}},
	{"the rest of an order is not paid by a note", map[string]string{
		"en": `is paid with another method now`, "it": `si paga ora con`, "de": `wird jetzt anders bezahlt`, "fr": `est payé maintenant par`, "es": `se paga ahora con`,
	}},
	{"Kontor requests no payout, and no password of Kontor confirms one", map[string]string{
		"en": `payout is requested|confirms the payout`, "it": `versamento è richiesto|conferma il versamento`,
		"de": `Auszahlung ist angefordert|bestätigt die Auszahlung`, "fr": `versement est demandé|confirme le versement`,
		"es": `reembolso está solicitado|confirma el reembolso`,
	}},
	{"Kontor does not see the account at Infomaniak", map[string]string{
		"en": `keeps your Infomaniak account in view|until you say otherwise`, "it": `tiene d’occhio il tuo account|finché non decidi altrimenti`,
		"de": `behält Ihr Infomaniak-Konto im Blick|bis Sie es anders wollen`, "fr": `sous les yeux|n’en décidez pas autrement`,
		"es": `mantiene a la vista su cuenta|no decida otra cosa`,
	}},
	{"sessions here are windows of Kontor, not devices of the account", map[string]string{
		"en": `[Dd]evices that are connected to your account`, "it": `[Dd]ispositivi connessi al tuo account`, "de": `Geräte, die mit Ihrem Konto verbunden`,
		"fr": `[Aa]ppareils connectés à votre compte`, "es": `[Dd]ispositivos conectados a su cuenta`,
	}},
	{"of somebody of whom nothing is known it cannot be said that nothing waits", map[string]string{
		"en": `Nothing is waiting for you`, "it": `Nulla ti aspetta`, "de": `Nichts wartet auf Sie`, "fr": `Rien ne vous attend`, "es": `Nada le espera`,
	}},
	{"nobody else sees the copy of the profile on this computer", map[string]string{
		"en": `how others see you in your organizations`, "it": `[Cc]osì ti vedono gli altri`, "de": `[Ss]o sehen andere Sie`, "fr": `les autres vous voient`, "es": `[Aa]sí le ven los demás`,
	}},
	{"deleting the account of Kontor deletes nothing at Infomaniak", map[string]string{
		"en": `calendars and address books are deleted`, "it": `calendari e rubriche vengono eliminati`, "de": `werden Kalender und Adressbücher`,
		"fr": `calendriers et carnets d’adresses sont supprimés`, "es": `calendarios y las libretas de direcciones se eliminan`,
	}},
	{"the sign-in e-mail is Kontor's; at Infomaniak it is another's matter", map[string]string{
		"en": `You sign in with [^.]* (now|from now on)`, "it": `([Oo]ra|[Dd]a ora) accedi con`, "de": `melden sich jetzt mit|[Aa]b jetzt melden Sie sich mit`,
		"fr": `vous connectez (actuellement|désormais) avec`, "es": `([Aa]hora|[Aa] partir de ahora) accede con`,
	}},
	{"a new sign-in e-mail is checked by nobody", map[string]string{
		"en": `must exist and be reachable`, "it": `deve esistere ed essere raggiungibile`, "de": `muss bestehen und erreichbar sein`, "fr": `doit exister et être joignable`, "es": `debe existir y estar disponible`,
	}},
	{"a mail server sends, a file is saved elsewhere, copies keep: not everything is here, and not nothing goes out", map[string]string{
		"en": `[Ee]verything is kept on this computer|[Ww]orks offline, nothing is sent|^Nothing is sent to Infomaniak|[Nn]othing personal of the account is left on this computer|[Nn]othing of the reading stays on this`,
		"it": `Tutto resta su questo computer|Funziona offline, non invia nulla|^A Infomaniak non si invia nulla|su questo computer non resta nulla di personale|lettura non resta nulla su questo`,
		"de": `Alles liegt auf diesem Computer|offline, nichts wird gesendet|^An Infomaniak wird nichts gesendet|bleibt auf diesem Computer nichts Persönliches|bleibt nichts auf diesem Computer`,
		"fr": `Tout reste sur cet ordinateur|hors ligne, rien n’est envoyé|^Rien n’est envoyé à Infomaniak|ne reste rien de personnel du compte sur|lecture ne reste sur cet`,
		"es": `Todo se queda en este ordenador|conexión, no se envía nada|^A Infomaniak no se envía nada|no queda en este ordenador nada personal|lectura no queda nada en este`,
	}},
	{"whoever has let somebody into Kontor may have let them further: a connection, the same password", map[string]string{
		"en": `Infomaniak account is not concerned|open nothing at Infomaniak|stays closed to whoever`, "it": `account Infomaniak non c’entra|Infomaniak non aprono nulla|resta chiuso a chi`,
		"de": `Infomaniak-Konto ist nicht betroffen|Infomaniak öffnen sie nichts|verschlossen, die das Passwort`, "fr": `compte Infomaniak n’est pas concerné|ils n’ouvrent rien|reste fermé à qui`,
		"es": `Infomaniak no está afectada|Infomaniak no abren nada|sigue cerrada para quien`,
	}},
	{"what is emptied from the clipboard may stay in its history", map[string]string{
		"en": `leaves? the clipboard after`, "it": `[Ll]asciano? gli appunti`, "de": `verschwinde[nt] (es|sie) aus der Zwischenablage`, "fr": `quitte(nt)? le presse-papiers`, "es": `[Ss]alen? del portapapeles`,
	}},
	{"Kontor finds what it looks for; nobody knows what else a file tells, and who received a draft", map[string]string{
		"en": `reveals nothing besides|Nobody has received it|on every background`, "it": `non dice nulla oltre|Nessuno l’ha ricevuta|su ogni sfondo\.`,
		"de": `verrät nichts ausser|Niemand hat ihn erhalten|auf jedem Hintergrund`, "fr": `ne dit rien d’autre|Personne ne l’a reçu|sur tous les fonds\.`,
		"es": `no dice nada aparte|Nadie lo ha recibido|sobre cualquier fondo`,
	}},
	{"once connected, Kontor reads who has access", map[string]string{
		"en": `cannot read who has rights`, "it": `non può leggere chi ha diritti`, "de": `kann nicht lesen, wer bei`, "fr": `ne peut pas lire qui a des droits`, "es": `no puede leer quién tiene derechos`,
	}},
	{"what somebody had noted about failed sign-ins is about Kontor", map[string]string{
		"en": `[Ff]ailed sign-ins to your account:`, "it": `[Aa]ccessi non riusciti al tuo account:`, "de": `Fehlgeschlagene Anmeldungen in Ihrem Konto:`,
		"fr": `Échecs de connexion à votre compte :`, "es": `fallidos en su cuenta:`,
	}},
}

var claims = func() map[string][]*regexp.Regexp {
	all := map[string][]*regexp.Regexp{}
	for _, c := range Claims {
		for language, words := range c.Words {
			all[language] = append(all[language], regexp.MustCompile(words))
		}
	}
	return all
}()

// Overclaims are the old claims that a text makes in a language, as it makes them.
func Overclaims(language, text string) []string {
	found := []string{}
	for _, c := range claims[language] {
		found = append(found, c.FindAllString(text, -1)...)
	}
	return found
}

// elsewhere are acts on something that Infomaniak decides about: whoever is told of one must read that it is noted or
// planned here, that it is Kontor's own, or to be done in the Manager.
var elsewhere = []string{
	"prepaid_topped_up", "prepaid_payout_requested", "payment_default_now", "payment_moved", "prepaid_rest_other",
	"profile_email_changed", "profile_deleted", "organization_delete_text", "organization_remove_text", "session_lead",
	"transfer_asked_title", "todo_closed", "todo_was_dropped", "todo_state", "todo_count", "todo_open",
	"prepaid_payout_failed_lead", "prepaid_cancel_lead", "prepaid_arrive_unknown_lead", "prepaid_covered_to", "organization_legal_text",
	"reason_organization_prepaid_balance", "reason_prepaid_not_empty", "reason_organization_open_orders", "fault_forbidden",
	"reason_account_locked", "reason_account_locked_until", "reason_not_locked", "session_notices_lock", "payment_reveal_lead",
	"transfer_who_text", "client_who_sees_text",
}

// touching are the areas whose things exist at Infomaniak too, or seem to: what they tell when something was done says where.
var touching = []string{"payment", "prepaid", "transfer", "client", "sale", "session", "profile", "organization", "branding", "home"}

// ownThings are told as done without a place: there is nothing at Infomaniak that they could be taken for.
var ownThings = []string{
	"branding_limits_saved", "branding_ready_saved", "branding_sheet_saved",
	"client_contact_removed", "client_contact_saved", "client_corrected", "client_exported", "client_imported",
	"client_listed_done", "client_mail_queued", "client_merged", "client_note_removed", "client_note_saved", "client_terms_saved",
	"organization_paper_saved", "organization_sso_report_copied", "organization_taken", "organization_taken_behind", "payment_saved",
	"prepaid_verified", "profile_offer_declined", "profile_picture_undone", "profile_switched",
	"sale_import_done", "sale_saved", "session_described", "session_exported", "session_silenced", "session_sso_unlinked", "transfer_saved",
}

// says where an act takes place, by language: noted, planned, Kontor, the Manager, this computer.
var says = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\bnoted?\b|planned|Kontor|Manager|this computer`),
	"it": regexp.MustCompile(`(?i)annot|\bnota\b|pianific|Kontor|Manager|questo computer`),
	"de": regexp.MustCompile(`(?i)vermerk|geplant|Kontor|Manager|diesem Computer`),
	"fr": regexp.MustCompile(`(?i)\bnotée?|\bnote\b|prévu|Kontor|Manager|cet ordinateur`),
	"es": regexp.MustCompile(`(?i)anotad|\bnota\b|planificad|Kontor|Manager|este (equipo|ordenador)`),
}
