package branding

// words are the texts of the sign-off sheet in one language.
type words struct {
	title, made, by                      string
	exempt, rule                         string
	square, rectangular, initials, none  string
	file, size, ratio, weight, profile   string
	transparency, border, source, ready  string
	previews, manager, collapsed         string
	themes                               map[Theme]string
	contrast, sidebar, header            string
	advised, reached, missed, enlarged   string
	signName, signDate, signature, drawn string
	assumed, numbered, page              string
	decimal                              string
}

var sheetWords = map[string]words{
	"en": {
		title: "Logo sign-off", made: "Made on", by: "with Kontor, on this computer",
		exempt: "Contrast is advice: logotypes are exempt (WCAG 1.4.3). It is what nine tenths of the visible pixels reach.",
		rule:   "A square logo stands alone. Initials allow a rectangular logo or none; it is the same in the Manager, kDrive and Mail.",
		square: "Square", rectangular: "Rectangular logo", initials: "Initials", none: "None: no logo is shown",
		file: "File", size: "Dimensions", ratio: "Ratio", weight: "File size", profile: "Colour profile",
		transparency: "Transparent", border: "Empty border (top, right, bottom, left)", source: "SHA-256 of the picture", ready: "Ready files",
		previews: "Previews", manager: "Manager", collapsed: "Manager, collapsed",
		themes:   map[Theme]string{Light: "light", Dark: "dark", Contrast: "high contrast"},
		contrast: "Contrast", sidebar: "sidebar", header: "header", advised: "advised 3:1 and 4.5:1",
		reached: "reached", missed: "below 3:1", enlarged: "enlarged at 2×: %s times",
		signName: "Name", signDate: "Date", signature: "Signature", drawn: "drawn from an SVG",
		assumed:  "What the service accepts is not published; sizes are the person's own settings.",
		numbered: "Characters in brackets, [U+…], are written by their Unicode number: the fonts of this sheet do not have them.", page: "Page", decimal: ".",
	},
	"it": {
		title: "Scheda di approvazione del logo", made: "Creata il", by: "con Kontor, su questo computer",
		exempt: "Il contrasto è un consiglio: i loghi sono esenti (WCAG 1.4.3). È il valore raggiunto da nove decimi dei pixel visibili.",
		rule:   "Un logo quadrato sta da solo. Le iniziali ammettono un logo rettangolare o nessuno; è lo stesso in Manager, kDrive e Mail.",
		square: "Quadrato", rectangular: "Logo rettangolare", initials: "Iniziali", none: "Nessuno: non appare alcun logo",
		file: "File", size: "Dimensioni", ratio: "Rapporto", weight: "Peso", profile: "Profilo colore",
		transparency: "Trasparente", border: "Bordo vuoto (alto, destra, basso, sinistra)", source: "SHA-256 dell’immagine", ready: "File pronti",
		previews: "Anteprime", manager: "Manager", collapsed: "Manager, compresso",
		themes:   map[Theme]string{Light: "chiaro", Dark: "scuro", Contrast: "contrasto elevato"},
		contrast: "Contrasto", sidebar: "barra laterale", header: "intestazione", advised: "consigliato 3:1 e 4,5:1",
		reached: "raggiunto", missed: "sotto 3:1", enlarged: "ingrandito a 2×: %s volte",
		signName: "Nome", signDate: "Data", signature: "Firma", drawn: "disegnato da un SVG",
		assumed:  "Ciò che il servizio accetta non è pubblicato; le misure sono impostazioni della persona.",
		numbered: "I caratteri tra parentesi, [U+…], sono scritti con il loro numero Unicode: i font di questa scheda non li hanno.", page: "Pagina", decimal: ",",
	},
	"es": {
		title: "Hoja de aprobación del logo", made: "Creada el", by: "con Kontor, en este ordenador",
		exempt: "El contraste es un consejo: los logotipos están exentos (WCAG 1.4.3). Es el valor que alcanzan nueve décimas partes de los píxeles visibles.",
		rule:   "Un logo cuadrado va solo. Las iniciales admiten un logo rectangular o ninguno; es el mismo en Manager, kDrive y Mail.",
		square: "Cuadrado", rectangular: "Logo rectangular", initials: "Iniciales", none: "Ninguno: no se muestra ningún logo",
		file: "Archivo", size: "Tamaño", ratio: "Proporción", weight: "Peso", profile: "Perfil de color",
		transparency: "Transparente", border: "Borde vacío (arriba, derecha, abajo, izquierda)", source: "SHA-256 de la imagen", ready: "Archivos listos",
		previews: "Vistas previas", manager: "Manager", collapsed: "Manager, contraído",
		themes:   map[Theme]string{Light: "claro", Dark: "oscuro", Contrast: "alto contraste"},
		contrast: "Contraste", sidebar: "barra lateral", header: "cabecera", advised: "aconsejado 3:1 y 4,5:1",
		reached: "alcanzado", missed: "por debajo de 3:1", enlarged: "ampliado a 2×: %s veces",
		signName: "Nombre", signDate: "Fecha", signature: "Firma", drawn: "dibujado a partir de un SVG",
		assumed:  "Lo que el servicio acepta no está publicado; los tamaños son ajustes de la persona.",
		numbered: "Los caracteres entre corchetes, [U+…], se escriben con su número Unicode: las fuentes de esta hoja no los tienen.", page: "Página", decimal: ",",
	},
	"fr": {
		title: "Fiche d’approbation du logo", made: "Créée le", by: "avec Kontor, sur cet ordinateur",
		exempt: "Le contraste est un conseil\u00a0: les logotypes sont exemptés (WCAG 1.4.3). C’est la valeur qu’atteignent neuf dixièmes des pixels visibles.",
		rule:   "Un logo carré reste seul. Les initiales admettent un logo rectangulaire ou aucun\u00a0; il est le même dans le Manager, kDrive et Mail.",
		square: "Carré", rectangular: "Logo rectangulaire", initials: "Initiales", none: "Aucun\u00a0: aucun logo n’est affiché",
		file: "Fichier", size: "Dimensions", ratio: "Rapport", weight: "Poids", profile: "Profil de couleur",
		transparency: "Transparent", border: "Bord vide (haut, droite, bas, gauche)", source: "SHA-256 de l’image", ready: "Fichiers prêts",
		previews: "Aperçus", manager: "Manager", collapsed: "Manager, réduit",
		themes:   map[Theme]string{Light: "clair", Dark: "sombre", Contrast: "contraste élevé"},
		contrast: "Contraste", sidebar: "barre latérale", header: "en-tête", advised: "conseillé 3:1 et 4,5:1",
		reached: "atteint", missed: "sous 3:1", enlarged: "agrandi à 2×\u00a0: %s fois",
		signName: "Nom", signDate: "Date", signature: "Signature", drawn: "dessiné à partir d’un SVG",
		assumed:  "Ce que le service accepte n’est pas publié\u00a0; les tailles sont des réglages de la personne.",
		numbered: "Les caractères entre crochets, [U+…], sont écrits par leur numéro Unicode\u00a0: les polices de cette fiche ne les ont pas.", page: "Page", decimal: ",",
	},
	"de": {
		title: "Freigabeblatt für das Logo", made: "Erstellt am", by: "mit Kontor, auf diesem Computer",
		exempt: "Der Kontrast ist ein Rat: Logos sind ausgenommen (WCAG 1.4.3). Es ist der Wert, den neun Zehntel der sichtbaren Pixel erreichen.",
		rule:   "Ein quadratisches Logo steht allein. Initialen erlauben ein rechteckiges Logo oder keines; es ist dasselbe in Manager, kDrive und Mail.",
		square: "Quadrat", rectangular: "Rechteckiges Logo", initials: "Initialen", none: "Keines: Es wird kein Logo angezeigt",
		file: "Datei", size: "Abmessungen", ratio: "Verhältnis", weight: "Dateigrösse", profile: "Farbprofil",
		transparency: "Transparent", border: "Leerer Rand (oben, rechts, unten, links)", source: "SHA-256 des Bildes", ready: "Fertige Dateien",
		previews: "Vorschauen", manager: "Manager", collapsed: "Manager, eingeklappt",
		themes:   map[Theme]string{Light: "hell", Dark: "dunkel", Contrast: "hoher Kontrast"},
		contrast: "Kontrast", sidebar: "Seitenleiste", header: "Kopfzeile", advised: "empfohlen 3:1 und 4.5:1",
		reached: "erreicht", missed: "unter 3:1", enlarged: "bei 2× vergrössert: %s-fach",
		signName: "Name", signDate: "Datum", signature: "Unterschrift", drawn: "aus einem SVG gezeichnet",
		assumed:  "Was der Dienst annimmt, ist nicht veröffentlicht; die Grössen sind eigene Einstellungen.",
		numbered: "Zeichen in Klammern, [U+…], sind mit ihrer Unicode-Nummer geschrieben: Die Schriften dieses Blatts haben sie nicht.", page: "Seite", decimal: ".",
	},
}
