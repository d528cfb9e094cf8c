package transfer

// holderSigns are the rules about what people did or left undone: the holder, the contacts, the account.
//
//nolint:misspell // six of the languages are not English
var holderSigns = []sign{
	say(ContactInvalid, 85, address+`~`+isDead+`|`+isDead+` (?:\w+ ){0,3}?`+address).with(holder + `|` + confirm + `|` + moving).without(code),
	say(ContactInvalid, 85, contactData+`~`+outdated+`|`+outdated+` (?:\w+ ){0,2}?`+contactData).without(code),
	say(ContactInvalid, 75, `\bwhois[ -](?:quer\w+|abfrage\w*|lookups?)\b`).with(`\bblock\w*|\bverweiger\w*|\bblockier\w*`),
	say(ContactInvalid, 75, `\bset to private\b|\bprivate registration\b`),
	say(ContactInvalid, 75, privacy).with(`\b(?:hid\w*|hidden|mask\w*|ocult\w*|nascond\w*|verbirgt|versteckt|disabl\w+|disattivat\w|desactiv\w+|turned off|cannot (?:reach|contact)|non possiamo)\b|` + holder),

	say(ContactInvalid, 88, `(?:cannot|could not|unable to|impossibile|impossible d'|nicht moglich) ?(?:obtain|find|read|ottenere|obtenir)~\b(?:contacts?|contatti|kontakt\w*)\b`),

	say(NotConfirmed, 85, notDone+` (?:(?:[^ .!?]|\.\w)+ ){0,6}?`+confirm).without(holdsBack),
	say(NotConfirmed, 85, confirm+`~`+notDone+` (?:(?:[^ .!?]|\.\w)+ ){0,3}?(?:answered|confirmed|received|clicked|completed|approved|used|accepted|confermat\w|fatta|utilise|recue?|valide\w*|bestatigt|beantwortet|erfolgt|eingegangen|erhalten|angeklickt|recibi\w+|ontvangen)`),
	say(NotConfirmed, 85, `(?:`+confirm+`|e-?mail|mail|link)~`+notDone+` (?:(?:[^ .!?]|\.\w)+ ){0,5}?(?:in time|on time|a temps|rechtzeitig|nei tempi|a tiempo|op tijd|within|innerhalb|entro)`),
	say(NotConfirmed, 85, `unanswered|unbeantwortet|mancata conferma|\bno lo hiciste\b|\bdelai de \d+ jours pour la reponse`),
	say(NotConfirmed, 70, `(?:request|transfer|antrag|richiesta|demande|aanvraag)\w*~(?:lapsed|has expired|verfallen|decadut\w|vervallen|caduque)`),
	say(NotConfirmed, 85, `\d+ (?:days|giorni|tage|jours|dias|dagen) (?:to|per|um|pour|para|om) (?:(?:[^ .!?]|\.\w)+ ){0,2}?(?:accept|confirm|approv|accett|conferm|bestatig|zu bestatig|aceptar|bevestig)`).with(`\b(?:not|non|no|nicht|pas|niet)\w*\b (?:\w+ ){0,2}?(?:done|do so|fatto|hiciste|getan|geschehen|fait|gedaan|fez)|\bavendolo\b`),
	say(NotConfirmed, 60, `if you (?:do not|don't) click~in (?:time|the)`),

	say(Unverified, 93, address+`~`+notDone+` (?:(?:[^ .!?]|\.\w)+ ){0,4}?`+verified+`|`+notDone+` (?:(?:[^ .!?]|\.\w)+ ){0,4}?`+verified+`(?:~`+address+`)?`).with(address),
	say(Unverified, 92, notDone+` (?:(?:[^ .!?]|\.\w)+ ){0,3}?(?:`+confirm+`|`+verified+`) (?:\w+ )?(?:dati|data|details|daten|datos|gegevens|coordonnees) (?:di contatto|de contact|de contacto)|\b`+notDone+` (?:\w+ ){0,2}?(?:confirm|verif)\w* (?:\w+ ){0,2}?(?:contact|registrant) (?:data|details)|kontaktdaten nicht`),
	say(Unverified, 90, `\bcontact~(?:not|non) validated`),
	say(Suspended, 80, `\bclient ?hold\b|\bserver ?hold\b`),
	say(Suspended, 70, domain+`~`+suspended).with(moving),

	say(Declined, 88, said),

	say(Dispute, 86, quarrel).without(`(?:billing|payment) dispute`),
	say(Dispute, 80, `\bon hold\b`).with(`\bprocedure\b|\bprocedura\b|\blegal\b|\bproceeding`),

	say(HolderMismatch, 86, holder+`~`+mismatch+`|`+mismatch+`~`+holder+`|abweichende inhaberdaten`).without(address + `|` + code),
	say(HolderMismatch, 86, `(?:whois information|registrant data|dati del registrante|codice fiscale|\bnif\b|holder'?s name)~`+mismatch),

	say(RegistryDown, 85, registry+`~`+outage+`|`+outage+`~`+registry).without(servers),
	say(RegistryDown, 75, `command failed|server closing connection`),
}

// passed is a word that says that something is in order: "the code is correct but …".
const passed = `\b(?:is|are|was|were|es|e|est|ist|sind)\b (?:right|correct[oa]?|fine|in order|corrett\w|giust\w|juste|richtig|korrekt|in ordnung)\b|\b(?:code|codigo) stimmt\b`

// holdsBack are words that a "not" belongs to rather than to the confirmation that follows.
const holdsBack = `\bnot (?:be )?(?:transferred|started|processed|possible)\b[^.!?]{0,20}\b(?:until|before|unless)\b`
