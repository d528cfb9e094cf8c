package main

// said is what the packages say of the program, by language. The first is what is read where there is none of these.
type said struct {
	Language     string
	Generic      string // what kind of program it is
	Summary      string
	About        []string // paragraphs
	Words        string   // to be found by, each ended with ;
	Backup       string   // a file that holds a workspace
	Organization string   // a file that holds one organization
	Signed       string   // a file that carries a signed message
	NoWebView    string   // Windows: what the window is drawn with is missing
}

var texts = []said{
	{
		Language: "en", Generic: "Companion for Infomaniak accounts", Summary: "Partner prices, payments, transfers and a journal beside an Infomaniak account",
		About: []string{
			"Kontor keeps a record of your own beside an Infomaniak account: what was noted and done, what is to be paid by that, and what a partner pays for 35 web hostings, with every step to the price. What Infomaniak decides is done in its Manager.",
			"What you note stays on this computer until you send or save it elsewhere. Kontor works offline and makes no connection unless asked to. It is independent of Infomaniak, which neither makes nor supports it.",
		},
		Words: "Infomaniak;partner;hosting;domain;quote;invoice;prepaid;journal;", Backup: "Kontor backup", Organization: "Organization of Kontor", Signed: "Signed message of Kontor",
		NoWebView: "Kontor draws its window with the Microsoft Edge WebView2 Runtime, which is missing on this computer. Shall the page be opened from which Microsoft gives it out?",
	},
	{
		Language: "it", Generic: "Complemento per account Infomaniak", Summary: "Prezzi partner, pagamenti, trasferimenti e un registro accanto a un account Infomaniak",
		About: []string{
			"Kontor tiene accanto a un account Infomaniak un registro tuo: che cosa è stato annotato e fatto, che cosa ne resta da pagare e quanto paga un partner per 35 hosting web, con ogni passo fino al prezzo. Ciò che decide Infomaniak si fa nel suo Manager.",
			"Ciò che annoti resta su questo computer finché non lo invii o salvi altrove. Kontor funziona senza rete e si collega solo quando glielo chiedi. È indipendente da Infomaniak, che non lo produce e non lo assiste.",
		},
		Words: "Infomaniak;partner;hosting;dominio;preventivo;fattura;prepagato;registro;", Backup: "Backup di Kontor", Organization: "Organizzazione di Kontor", Signed: "Messaggio firmato di Kontor",
		NoWebView: "Kontor disegna la sua finestra con Microsoft Edge WebView2 Runtime, che manca su questo computer. Vuoi aprire la pagina da cui Microsoft lo distribuisce?",
	},
	{
		Language: "es", Generic: "Complemento para cuentas de Infomaniak", Summary: "Precios de socio, pagos, transferencias y un registro junto a una cuenta de Infomaniak",
		About: []string{
			"Kontor guarda junto a una cuenta de Infomaniak un registro propio: qué se anotó y se hizo, qué hay que pagar según eso y cuánto paga un socio por 35 alojamientos web, con cada paso hasta el precio. Lo que decide Infomaniak se hace en su Manager.",
			"Lo que anota queda en este ordenador hasta que lo envíe o guarde en otro lugar. Kontor funciona sin red y solo se conecta cuando se le pide. Es independiente de Infomaniak, que ni lo hace ni le da soporte.",
		},
		Words: "Infomaniak;socio;alojamiento;dominio;presupuesto;factura;prepago;registro;", Backup: "Copia de seguridad de Kontor", Organization: "Organización de Kontor", Signed: "Mensaje firmado de Kontor",
		NoWebView: "Kontor dibuja su ventana con Microsoft Edge WebView2 Runtime, que falta en este ordenador. ¿Quiere abrir la página desde la que Microsoft lo distribuye?",
	},
	{
		Language: "fr", Generic: "Compagnon des comptes Infomaniak", Summary: "Prix partenaires, paiements, transferts et un journal à côté d’un compte Infomaniak",
		About: []string{
			"Kontor tient à côté d’un compte Infomaniak un registre à vous : ce qui a été noté et fait, ce qui est à payer d’après cela et ce qu’un partenaire paie pour 35 hébergements web, avec chaque étape jusqu’au prix. Ce qu’Infomaniak décide se fait dans son Manager.",
			"Ce que vous notez reste sur cet ordinateur jusqu’à ce que vous l’envoyiez ou l’enregistriez ailleurs. Kontor fonctionne hors ligne et ne se connecte que si vous le demandez. Il est indépendant d’Infomaniak, qui ne le fait pas et ne l’assiste pas.",
		},
		Words: "Infomaniak;partenaire;hébergement;domaine;devis;facture;prépayé;journal;", Backup: "Sauvegarde de Kontor", Organization: "Organisation de Kontor", Signed: "Message signé de Kontor",
		NoWebView: "Kontor dessine sa fenêtre avec Microsoft Edge WebView2 Runtime, qui manque sur cet ordinateur. Voulez-vous ouvrir la page où Microsoft le propose ?",
	},
	{
		Language: "de", Generic: "Begleiter für Infomaniak-Konten", Summary: "Partnerpreise, Zahlungen, Transfers und ein Protokoll neben einem Infomaniak-Konto",
		About: []string{
			"Kontor führt neben einem Infomaniak-Konto Ihr eigenes Verzeichnis: was vermerkt und getan wurde, was danach zu zahlen ist und was ein Partner für 35 Webhostings zahlt, mit jedem Schritt bis zum Preis. Was Infomaniak entscheidet, geschieht in dessen Manager.",
			"Was Sie vermerken, bleibt auf diesem Computer, bis Sie es anderswohin senden oder speichern. Kontor arbeitet ohne Netz und verbindet sich nur, wenn Sie es verlangen. Es ist unabhängig von Infomaniak, das es weder herstellt noch betreut.",
		},
		Words: "Infomaniak;Partner;Hosting;Domain;Offerte;Rechnung;Guthaben;Protokoll;", Backup: "Kontor-Sicherung", Organization: "Organisation von Kontor", Signed: "Signierte Nachricht von Kontor",
		NoWebView: "Kontor zeichnet sein Fenster mit der Microsoft Edge WebView2 Runtime, die auf diesem Computer fehlt. Soll die Seite geöffnet werden, auf der Microsoft sie anbietet?",
	},
}
