package sample

// named are the names that the studio would have typed in its own language; others are names of Infomaniak's products, or
// of nobody's language.
type named struct {
	hosting, mail, mails, more, suite, offer, byMail, laptop, meeting, fee string
}

var names = map[string]named{
	"en": {"Web hosting, 35 sites", "Mail service, 12 addresses", "Mail service, 8 addresses", "Swiss Backup, 500 GB more", "kSuite Pro, 32 people", "Autumn offer", "Offer by e-mail", "Opens Kontor from the studio’s shared disk.", "Meeting room, beside the screen.", "Transfer of tre-larici.com"},
	"it": {"Hosting web, 35 siti", "Servizio mail, 12 indirizzi", "Servizio mail, 8 indirizzi", "Swiss Backup, 500 GB in più", "kSuite Pro, 32 persone", "Offerta autunno", "Offerta per e-mail", "Apre Kontor dal disco condiviso dello studio.", "Sala riunioni, accanto allo schermo.", "Trasferimento di tre-larici.com"},
	"de": {"Webhosting, 35 Sites", "Mail-Service, 12 Adressen", "Mail-Service, 8 Adressen", "Swiss Backup, 500 GB mehr", "kSuite Pro, 32 Personen", "Herbstofferte", "Offerte per E-Mail", "Öffnet Kontor vom gemeinsamen Laufwerk des Studios.", "Sitzungszimmer, neben dem Bildschirm.", "Transfer von tre-larici.com"},
	"fr": {"Hébergement web, 35 sites", "Service mail, 12 adresses", "Service mail, 8 adresses", "Swiss Backup, 500 Go de plus", "kSuite Pro, 32 personnes", "Offre d’automne", "Offre par e-mail", "Ouvre Kontor depuis le disque partagé du studio.", "Salle de réunion, à côté de l’écran.", "Transfert de tre-larici.com"},
	"es": {"Hosting web, 35 sitios", "Servicio de correo, 12 direcciones", "Servicio de correo, 8 direcciones", "Swiss Backup, 500 GB más", "kSuite Pro, 32 personas", "Oferta de otoño", "Oferta por correo", "Abre Kontor desde el disco compartido del estudio.", "Sala de reuniones, junto a la pantalla.", "Transferencia de tre-larici.com"},
}

// namesIn are those of a language; English stands in for one that Kontor does not speak.
func namesIn(language string) named {
	if n, known := names[language]; known {
		return n
	}
	return names["en"]
}
