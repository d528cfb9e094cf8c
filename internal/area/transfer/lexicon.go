package transfer

// The words that signs are made of, as they stand in folded text: English, Italian, French, German, Spanish, Dutch,
// Portuguese, as far as they differ. A sign joins two of them; so a sentence nobody has seen yet is read all the same.
//
//nolint:misspell // six of the languages are not English
const (
	code = `(?:\b(?:auth(?:ori[sz]ation)?[ /-]?(?:info(?:rmation)?|codes?|keys?)|authinfo|authcode|epp(?:/\w+)?[ -]?(?:codes?|keys?)|transfer[ -]?(?:codes?|keys?)|` +
		`autorisierungscode|(?:transfer|umzugs|auth)[ -]?code|codice (?:di )?(?:autorizzazione|trasferimento|auth\S*|epp)|code (?:auth\S*|epp|d(?:'autorisation|e transfert))|` +
		`codigo (?:de )?(?:autorizacion|transferencia|traspaso|traslado|auth\S*|epp|autorizacao)|verhuiscode|verhuistoken|cle d'autorisation|clave (?:de autorizacion|epp)|chiave di autorizzazione|autorisatiecode|informacion de autorizacion)\b)`
	anyCode = `(?:` + code + `|\b(?:codes?|codice|codigo|token)\b)`

	isWrong = `(?:\b(?:incorrect\w*|wrong|invalid\w*|not (?:correct|valid|right)|(?:does|do) ?n[o']t match|rejected|(?:not|n't)(?: be)? (?:accepted|recogni[sz]ed)|` +
		`non (?:e |risulta )?(?:quell[oa] )?(?:corrett|valid|esatt|giust)\w|respint\w|scartat\w|errat\w|sbagliat\w|non corrispond\w+|non (?:viene |e )?(?:stato )?riconosciut\w|` +
		`errone|faux|invalide|n'est pas (?:correct|valable|valide|bon|reconnu)|n'a pas ete (?:reconnu|accepte)|ne correspond pas|` +
		`falsch\w*|fehlerhaft\w*|ungultig\w*|nicht (?:korrekt|richtig|gultig|angenommen|akzeptiert)|stimmt nicht|(?:stimmt|passt) nicht|nicht (?:mit \S+ \S+ )?uberein|` +
		`no (?:es|ser) (?:correct|valid)\w|rechazad\w|erroneo|no valid\w|no coincid\w+|otro dominio|lo rechaza|` +
		`onjuist|ongeldig|verkeerd|afgewezen|geweigerd|niet (?:juist|geldig|correct)|komt niet overeen|nao (?:confere|e valid\w|coincid\w+)|invalido|incomplet\w*|unvollstandig\w*|onvolledig|klopt niet|niet klopt|(?:does ?n[o']t|did ?n[o']t|didn't) work|non funziona|no (?:vale|funciona|sirve)|ne (?:marche|fonctionne) pas|funktioniert nicht|werkt niet|nao funciona|akzeptiert \w+ nicht|refusee?|abgelehnt)\b)`
	wrongBefore = `\b(?:wrong|incorrect|invalid|bad|errat[oi]|errone|incorrecto|invalid[oa]|no valido|falsche[rsn]?|ungultige[rsn]?|fehlerhafte[rsn]?|onjuiste?|ongeldige?|` +
		`n'a pas (?:accepte|reconnu)|did not (?:accept|recogni[sz]e)|mauvais)`

	// Names of domains are subjects as well: "tre-larici.com has expired".
	domain = `(?:\b(?:domain(?:s|names?| names?)?|domaines?|noms?|nomi?|names?|domini?o?|domein(?:naam)?|[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,12})\b)`
	moving = `(?:\b(?:transf\w+|trasferi\w+|traspas\w+|traslad\w+|\w*transfer\w*|ubertrag\w+|umzug\w*|umzieh\w*|umgezogen|providerwechsel\w*|verhui\w+|` +
		`cambio (?:di |de )?registrar|cambio de registrador|registrar change|moved?|moving|(?:bring|take|taken) over|rapatrie\w*)\b)`
	lock = `(?:\b(?:\w*lock|lucchetto|candado|cadenas|hangslot|slot|verrou(?:illage)?|blocco|blocage|bloqueo|bloqueio|\w*sperre|blokkade|protection|protected registration|protezione|proteccion|protecao)\b)`
	isOn = `(?:\b(?:(?:still|is|remains) (?:on|in place|active|enabled|set)|(?:not|hasn't|isn't|wasn't) (?:yet )?(?:been )?(?:yet )?(?:removed|lifted|disabled|released|(?:switched|turned) off)|` +
		`attiv[oa]|non (?:e |e stat\w |risulta )?(?:ancora |stat\w |ancora stat\w )?(?:rimoss|tolt|disattivat)\w|` +
		`(?:toujours |encore |est )?acti(?:f|ve|vee?)|n'a (?:pas|pas encore|toujours pas) ete (?:desactive|leve|retire|supprime)\w*|` +
		`aktiv(?:iert)?|gesetzt|nicht (?:aufgehoben|entfernt|deaktiviert|ausgeschaltet)|eingeschaltet|` +
		`activ[oa]|no (?:se )?(?:ha sido |ha |esta )?(?:desactivad|retirad|quitad)\w|ativ[oa]|actief|must be (?:removed|lifted)|enabled|nog een lock|nog aan|risulta tolt\w|staat (?:er )?(?:nog )?(?:een|op))\b)`
	isOff   = `(?:\b(?:(?:has been|was|is|is now|ist|ist jetzt|wurde|e|e stat[oa]|est|a ete|ha sido|fue|is al|werd|foi) (?:removed|lifted|disabled|released|(?:switched|turned) off|off|aufgehoben|entfernt|deaktiviert|rimoss[oa]|tolt[oa]|disattivat[oa]|levee?|retiree?|desactivee?|desactivad[oa]|retirad[oa]|quitad[oa]|verwijderd|opgeheven|removid[oa]))\b)`
	locked  = `(?:\b(?:locked|verriegelt|cadenasse|gesperrt|blockiert|verrouillee?|bloccat[oi]|bloquead[oa]|vergrendeld|geblokkeerd)\b)`
	against = `(?:\b(?:protected|protege\w?|protett\w|protegid\w|geschutzt|beschermd|sperre|blocco|bloqueo|lock)\b (?:against|contre|contr[oa]|gegen|tegen|da[il]?) (?:\w+ ){0,2}?(?:transf|trasferi|traslad|providerw|umzug|umzug|verhuiz))`

	address = `(?:\b(?:e-?mail\w*|mail(?:adresse|box)|mailbox|casella|postfach|(?:indirizzo|adresse|direccion|address|endereco)(?: e-?mail| de courriel| de correo)?|correo|courriel|correio)\b)`
	holder  = `(?:\b(?:registrants?|registered name holder|owner|holder|(?:admin\w*|transfer|domain) contacts?|admin-c|titolare|intestatario|registrante|contatto|titulaire|proprietaire|` +
		`(?:domain)?inhaber\w*|halter\w*|titular|propietario|contacto|contato|houder)\b)`
	isDead = `(?:\b(?:not (?:be )?(?:reachable|deliver\w+|valid|working)|unreachable|invalid[aeo]?|does not exist|no longer exists?|bounced|undeliver\w+|incorrect\w*|came back|returned|` +
		`non (?:e |risulta )?(?:valid|raggiungibil|attiv|consegnat)\w*|inesistente|irraggiungibile|errat\w|non esiste|tornat\w|impossibile consegnare|` +
		`n'est (?:pas|plus) (?:valid\w+|valable|joignable)|n'existe|invalide|injoignable|erronee|inexistante|obsolete|n'a pas pu etre (?:remis|livre|distribue)\w*|inaccessible|revenue?|` +
		`unzustellbar|ungultig\w*|nicht (?:\w+ )?(?:erreichbar|gultig|zustellbar|existiert)|existiert nicht|nicht mehr (?:existiert|gultig|erreichbar)|stimmt nicht|falsch|kam zuruck|zuruckgekommen|` +
		`no (?:es |esta )?(?:valid|operativ|activ)\w|no existe|inaccesible|devuelt\w|` +
		`ongeldig|bestaat niet|niet bereikbaar|onbestelbaar|kwam terug|nao e valid\w|nao existe|voltou|invalid[oa])\b)`
	outdated    = `(?:\b(?:veraltet\w*|outdated|out of date|obsolet\w*|perimee?s?|non aggiornat\w|superat\w|desactualizad\w|verouderd\w*|no longer (?:in use|works)|nicht mehr gibt|ya no (?:funciona|existe)|plus valable|non piu attiv\w|may not be in use)\b)`
	contactData = `(?:` + address + `|\b(?:eine adresse|kontaktdaten|contact (?:data|details)|dati di contatto|coordonnees|datos de contacto|contactgegevens|dados de contato)\b)`
	privacy     = `(?:\b(?:privacy|anonymi[sz]ation|whoisguard|privacidad|privacidade|whois-?schutz|proxy)\b)`

	registrar = `(?:\b(?:registrars?(?: of record)?|providers?|registrador|bureau d'enregistrement|prestataire|gestore|fornitore|maintainer|anbieters?|proveedor|entidad saliente|host(?:er)?)\b)`
	refused   = `(?:\b(?:reject\w*|refus\w*|den(?:y|ied)|declin\w*|nacked|rifiutat\w|respint\w|negat\w|rejete\w*|a bloque|ne libere|abgelehnt|verweiger\w*|zuruckgewiesen|abgewiesen|lehnt|ablehnung|` +
		`rechaz\w+|deneg\w+|denieg\w+|afgewezen|geweigerd|weigert|recus\w+|negou|negada)\b)`
	registry = `(?:\b(?:registry|registro|registre|registrierungsstelle|registries|nic|afnic|pir|verisign|centralnic|denic|switch|sidn|eurid|nominet|red\.es|backend|dns belgium)\b)`
	outage   = `(?:\b(?:maintenance|unavailable|outage|not reachable|unreachable|down(?:time)?|not respond\w*|connection failed|internal \w* ?error|timed? ?out|manutenzione|non disponibile|non risponde|` +
		`indisponible|injoignable|ne repond pas|wartung\w*|nicht erreichbar|storung|antwortet nicht|mantenimiento|no disponible|no responde|onderhoud|onbereikbaar|manutencao|indisponivel)\b)`

	sixtyDays = `(?:\b(?:60|sixty|sessanta|soixante|sechzig|sesenta|zestig|sessenta)[ -](?:calendar |premiers |derniers |primeros )?(?:day|days|giorni|gironi|jours|tage|tagen|dias|dagen)\b|` +
		`\b(?:two|2|due|deux|zwei|dos|twee|dois) (?:months?|mesi|mois|monaten?|meses|maanden)\b)`
	tooYoung = `(?:\b(?:wait\w*|wartezeit|attesa|attente|espera|wachttijd|less than|fewer than|within|under|younger|first|last|until|not yet|cannot|can't|too (?:early|soon|recent)|(?:transfer )?(?:lock|rule|limit|period)|old|` +
		`meno di|primi|ultimi|trascors\w|passat\w|prima|ancora|moins de|premiers?|derniers?|suivant|ecoule\w*|delai de|weniger als|vor unter|noch|erst|ersten|letzten|fruhestens|frist|regel|sperre|innerhalb|zuruckliegt|` +
		`menos de|primeros|ultimos|aun|todavia|respetado|transcurrido|pasado|minder dan|eerste|laatste|pas|proibem|ainda)\b)`
	oldEnough = `(?:\b(?:older than|more than|piu di|plus de|mas de|alter als|mehr als|langer als|meer dan|ouder dan|mais de)\b)`
	youngAge  = `(?:\b(?:erst|pas|only|just|solo|appena|seulement|was created|created|hace|il y a|da)\b (?:\w+ ){0,2}?(?:tage|wochen|dagen|weken|days|weeks|dias|semanas|giorni|settimane|mese|jours|semaines)\b(?: (?:alt|oud|old|ago|fa))?|\badd ?period\b)`

	holderData = `(?:\b(?:registrants?|owner|holder|whois|contact (?:details|data)|organi[sz]ation (?:name|field)|registration (?:records|data)|titolare|intestatario|registrante|titulaire|coordonnees|(?:inhaber|halter)\w*|titular|houder\w*)\b)`
	changed    = `(?:\b(?:chang(?:e|ed|es)|edited|updated?|modif\w+|cambi(?:o|at\w|ad\w)|has cambiado|mis\w* a jour|changement|replaced|remplac\w+|sostituit\w|ersetzt|sustituid\w|vervangen|substituid\w|geandert\w*|anderung|inhaberwechsel|wechsel|aenderung|gewijzigd|(?:houder)?wijziging|alterad\w+|alteracao)\b)`
	justNow    = `(?:\b(?:recent\w*|kurzlich|recemment|reciente\w*|ha poco|ha pouco|poco fa|last month|(?:transfer )?lock(?:ed)?|blocca\w+|blocco|blocage|bloque\w*|inibit\w|verrouillage|sperre|geblokkeerd|impide|prevents?|opt out)\b|` + sixtyDays + `)`

	hasExpired = `(?:\b(?:ran out|has lapsed)\b|\b(?:has|is|had|have)(?: already)? expired|(?:already )?expired\b|\b(?:e|risulta|era) (?:gia )?scadut[oi]\b|\bscadut[oi] (?:dal|il)\b|\b(?:est|a|etant) (?:deja )?expire\b|\best arrivee? a echeance\b|` +
		`\b(?:ist|bereits|war) (?:bereits |schon )?abgelaufen\b|\babgelaufen(?: ist)?\b|\b(?:ha|esta) (?:ya )?(?:caducado|expirado|vencido)\b|\bvencio\b|\bis (?:al )?verlopen\b|\bexpirou\b|\bvenceu\b)`
	expiredName = `(?:\bexpired (?:domain|name)s?\b|\bdomain expired\b|\bdominio (?:scaduto|caducado|expirado|vencido)\b|\bdomaine expire\b|\babgelaufene domain\b|\bverlopen domein|registrar-?hold|\blaufzeit\b[^.!?]{0,60}\bendete\b)`

	outOfDate = `(?:\b(?:expired|no longer valid|outdated|superseded|replaced|older than \d+ days|only \w+ for \d+ days|good for \d+ days|lapsed|scadut\w|superat\w|non (?:e piu valid\w|vale piu)|piu recente|` +
		`(?:est |a )expire|perime|n'est (?:donc |deja )?plus val\w+|remplace|plus recent|depasse ce delai|abgelaufen|verfallen|veraltet|nicht mehr gultig|gilt (?:[^.!?]{0,40} )?nicht mehr|neuster?n?|neuester?n?|` +
		`ha caducado|caducado|ha expirado|ya no (?:es valido|sirve|vale)|ha vencido|mas reciente|verlopen|vervangen|nieuwer|expirou|venceu|ja nao e valido)\b)`
	newer = `(?:\b(?:newer|new|more recent|another|neuer?|neuen|inzwischen|nouveau|nuovo|otro|nieuw\w*)\b)`
	made  = `(?:\b(?:generated|issued|created|set|generat\w|genere|emis|cree|gesetzt|erzeugt|erstellt|vergeben|ausgelost|genero|generado)\b)`

	notDone = `(?:\b(?:not|n't|never|no one|nobody|without|non|nessun\w*|mai|senza|manca\w*|ne|n'a|n'avez|n'ont|pas|aucun\w*|sans|faute|absence|nicht|kein\w*|nie|ohne|blieb|no|sin|falta|nadie|niet|geen|nooit|nao|sem)\b|n't\b)`
	confirm = `(?:\b(?:confirm\w*|approv\w*|acknowledg\w*|respon\w*|answer\w*|click\w*|foa|form of authori[sz]ation|conferma\w*|approva\w*|rispost\w|cliccato|` +
		`confirme\w*|approuve\w*|approbation|formulaire d'autorisation|accord|reponse|repondu|bestatig\w*|beantwortet|antwort\w*|genehmig\w*|` +
		`confirmo|confirma\w*|aceptacion|aceptaste|respond\w+|aprob\w+|bevestig\w*|goedgekeurd|goedkeur\w*|reactie|aprov\w+)\b)`
	verified = `(?:\b(?:verified|verificat[oa]|verificad[oa]|verifico|verifiziert|verifiee?|validated|validiert|ete validee?|geverifieerd|confirm\w* (?:their|its|his|her|your|the|son|sa|leur|su|el|l[ao]|il) (?:e-?mail|adresse|address|correo|indirizzo))\b)`

	mismatch = `(?:\b(?:(?:do|does) ?n[o']t (?:match|agree|correspond)|don't match|doesn't match|mismatch|differ\w*|non (?:corrispond|coincid)\w+|divers[oi]|ne (?:correspond|coincid)\w* pas|` +
		`abweich\w+|nicht (?:derselbe|dieselbe|identisch)|(?:passen|stimmen) nicht|nicht (?:\w+ ){0,6}?uberein\w*|no (?:coincid|correspond)\w+|komen? niet overeen|nao (?:correspond|coincid|confere)\w*)\b)`
	unpaid = `(?:\b(?:outstanding|unpaid|overdue|open) (?:invoices?|payments?|balance|fees?|amount|bills?)|\bnon-?payment\b|\bchargebacks?\b|\bopen balance\b|` +
		`\b(?:you owe|owes? (?:them|us)|until it'?s paid|schulden|quanto dovuto|tot de rekening is|devez de l'argent|deuda|openstaand)\b|\bfattur\w+[^.!?]{0,60}(?:non (?:e stat\w )?(?:pagat|saldat)|insolut|apert|in sospeso|scoperta|da (?:pagare|saldare))\w*|\bmancato pagamento\b|\binsolut\w\b|\bmorosita\b|` +
		`\bfactures?[^.!?]{0,60}(?:impayee|non (?:payee|reglee|acquittee)|(?:n'est|n'a|pas) (?:pas )?(?:ete )?(?:reglee|acquittee)|en souffrance)s?|\bimpayee?s?\b|\bdefaut de paiement\b|\bpaiement du\b|\bn'avez pas paye\b|\bpas (?:ete )?payee?s?\b|` +
		`\b(?:offen|unbezahlt|ausstehend)\w* (?:rechnung|forderung|betrag|zahlung)\w*|\brechnung\w*[^.!?]{0,60}(?:nicht (?:bezahlt|beglichen|ausgeglichen)|offen|unbezahlt|ausstehend)|` +
		`\bfactura\w*[^.!?]{0,60}(?:pendiente|impagad|sin (?:pagar|abonar|saldar)|vencid|no (?:ha sido |se ha )?abonad)\w*|\bfalta de pago\b|\bimpago\b|\b(?:openstaande|onbetaalde) (?:factu\w+|rekening\w*|bedrag)|\bfatura\w* (?:em aberto|pendente|vencida)|\bfalta de pagamento\b)`
	payment = `(?:\b(?:fees?|renewal|invoices?|bills?|rechnung\w*|gebuhr\w*|fattur\w+|canone|factures?|frais|facturas?|cuota|factu(?:ur|ren)|rekening\w*|faturas?)\b)`
	notPaid = `(?:\b(?:(?:never|not|n't) (?:been )?paid|nicht bezahlt|unbezahlt|noch offen|non pagat\w|mai pagat\w|(?:reste\w*|est) (?:impayee?|due)|pas (?:ete )?payee?s?|sin pagar|no (?:ha sido )?(?:pagad|abonad)\w|niet (?:betaald|voldaan)|onbetaald|nao pag\w)\b)`
	// What has to be paid first, and sentences that say that nothing has.
	onceItIs = `(?:\b(?:before|until|unless|once|bevor|solange|bis|finche|tant que|avant que|hasta que|mientras|totdat|zolang)\b)`
	settled  = `(?:\b(?:settled|paid|cleared|beglichen|bezahlt|ausgeglichen|saldat\w|pagat\w|reglee?|payee?|acquittee?|abonad\w|pagad\w|betaald|voldaan)\b)`
	failing  = `(?:\b(?:fail\w*|denied|not (?:be )?(?:let go|released|transferred)|nicht (?:frei|ubertragen|umgezogen|transferiert)|negat\w|non (?:sara|viene|puo)|refus\w*|bloque\w*|no (?:se|sera|puede)|niet)\b|\bnicht frei\b)`
	noDebt   = `(?:\bno (?:open|outstanding|unpaid|overdue) (?:invoices?|payments?|bills?|balance|fees?|amount)|\bno (?:invoices?|bills?|payments?) (?:is|are) (?:open|outstanding|unpaid|due|overdue)|\bnothing is (?:owed|due)|` +
		`\bkeine (?:offen|unbezahlt|ausstehend)\w* \w|\bkeine rechnung\w* (?:\w+ )?(?:mehr )?offen|\bnon (?:ci sono|risultano?|abbiamo) (?:\w+ )?(?:fattur|pagament)\w+|\bnessuna fattura|\baucune facture|` +
		`\b(?:n'y a|n'avez|n'avons) (?:pas|plus|aucune?) (?:de )?factures?|\bno (?:hay|consta\w*|quedan?|tiene|existen?) (?:\w+ )?facturas?|\b(?:ninguna|sin) facturas? pendientes?|\bninguna factura|\bgeen (?:open\w*|onbetaalde) |\bnao ha faturas?|\bnenhuma fatura)`
	underWay = `(?:\b(?:in progress|under ?way|running|pending|open|initiated|undergoing|submitted|in corso|pendente|en cours|demande|lauft|hangig|offen|im gange|gestellt|en curso|pendiente|en marcha|loopt|bezig|em andamento|em curso|existe)\b)`
	another  = `(?:\b(?:another|already|other|gia|altr[ao]|deja|un autre|une autre|autre|bereits|schon|anderer|ya|otr[ao]|al een|loopt al|reeds|outra|ja existe)\b)`
	request  = `(?:\b(?:request|operation|operazione|richiesta|demande|antrag\w*|\w*antrag|auftrag|solicitud|aanvraag|pedido)\b|` + moving + `)`

	quarrel = `(?:\budrp\b|\bwipo\b|\btrademark (?:owner|holder|dispute)|\bmarkeninhaber\w*|\bfait l'objet d'une plainte|\bsyreli\b|\bcourt\b|\btribunale?\b|\bordonnance\b|\bordinanza\b|\bgericht\w*\b|\bjuzgado\b|\bjudicial\b|\bjudiciaire\b|\brechtbank\b|\bjuridische procedure\b|\blegal proceedings?\b|` +
		`\bschiedsverfahren\b|\barbitra\w+\b|\b(?:contro|contest)\w*sia\b|\bcontenzioso\b|\bcontestazione\b|\bopposizione\b|"?challenged"?\b|\blitige\b|\brechtsstreit\b|\bdispute-eintrag\b|\bdisput(?:es?|a)?\b|\blitigio\b|` +
		`\burs (?:complaint|proceeding|case|procedure)|\b(?:complaint|verfahren|procedimento) urs\b)`
	said = `(?:(?:opposition|objection|opposizione) (?:expresse|ecrite|espressa|scritta)|\boposicion (?:expresa|escrita)|(?:express|expresse|expresa|written|escrita|schriftlich\w*|ecrite|scritta|ausdrucklich)\b (?:\w+ ){0,2}?(?:objection|opposition|oposicion|declaracion|widersprochen|widerspruch|opposizione)|` +
		`\bdeclaracion escrita\b|\b(?:reject|refuse[rn]?|ablehnen|rifiuta|rechazar|je refuse|i reject)\b"?[^.!?]{0,30}(?:form of authori|foa)|` +
		`not authori[sz]ed by (?:the )?(?:admin\w*|owner|registrant|holder)|` +
		`(?:registrants?|domain owner|owner|holder|transfer contact|titolare|intestatario|titulaire|proprietaire|(?:domain)?inhaber|titular|houder)\b (?:\w+ ){0,4}?(?:cancell?ed|chose to cancel|ha annullato|a annule|hat (?:\w+ ){0,3}?abgebrochen|clicked "?i reject|reject\w*|declin\w*|refus\w*|oppos\w*|rifiutat\w|ha negato|rechaz\w+|widersproch\w+|abgelehnt|geweigerd|afgewezen|opuesto|recusou))`
	servers   = `(?:\b(?:name ?servers?|nameserver\w*|serveurs? (?:de noms?|dns)|servidores? (?:dns|de nombres?|de nomes?)|dns-?server\w*|zone ?check)\b)`
	failsTest = `(?:\b(?:(?:not|n't|nicht|ne|non|no|niet|nao)\b (?:\w+ ){0,5}?(?:answer\w*|respond\w*|antwort\w*|respon\w*|repond\w*|rispond\w*|superat\w|reach\w*|work\w*|autorit\w*)|no working|inconsist\w+|inkonsist\w+|failed|a echoue|fehler\w*|lame|antworten nicht|ne repondent pas|falsch konfiguriert|misconfigured)\b)`
	tag       = `(?:\bips[ -]?tag\b|\btag ips\b|\bregistrar'?s? tag\b|\bdetag\w*\b)`
	unchanged = `(?:\b(?:not|n't|still|ask|must|detag\w*|wrong|non|ancora|n'a pas|pas|toujours|doit|nicht|noch|muss|no ha|no se|aun|todavia|debe|niet|nog|nao|ainda|fail\w*|mismatch|does not match)\b)`
	residence = `(?:\b(?:eligib\w+|ineligible|presence requirements?|residen\w+|resid[ae]\w*|wohnsitz|citizenship|cittadinanza|berechtigt)\b)`
	ofAUnion  = `(?:\b(?:eu|eea|e\.u\.|union\w*|unione|canad\w*|requirements?|registry|registro|registre|switzerland|schweiz|europ\w*)\b)`
	suspended = `(?:\b(?:suspended|sospes\w|suspendue?|suspendid\w|stillgelegt|deaktiviert|opgeschort|suspenso)\b)`
	restoring = `(?:\b(?:restor\w+|reactivat\w+|ripristin\w+|restaur\w+|reactiv\w+|wiederherstell\w*|wiederhergestellt|reaktivier\w*|recuper\w+|geheractiveerd|heractiver\w*)\b)`
	deleted   = `(?:\b(?:deleted|deletion|cancellat\w|cancellazione|supprime\w*|geloscht\w*|loschung|eliminad\w|borrad\w|verwijderd|opgeheven|excluid\w)\b)`
)
