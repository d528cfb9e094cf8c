package notice

import (
	"fmt"
	"strings"
	"time"

	"kontor/internal/area/session"
)

// words are what a notice says in one language. What differs by kind stands in maps.
type words struct {
	hello   string // %s is the first name
	subject map[session.NoticeKind]string
	said    map[session.NoticeKind]string
	advice  map[session.NoticeKind]string
	when, computer, system, address,
	unknown string
	layout string // of a moment
	foot   string
}

func wordsFor(language string) words {
	if w, ok := languages[language]; ok {
		return w
	}
	return languages["en"]
}

// letter is the text of a mail: what happened, when, on which device, and what to do.
func (w words) letter(name string, n Notice, zone *time.Location) string {
	var b strings.Builder
	fmt.Fprintf(&b, w.hello+"\n\n%s\n\n", name, w.said[n.Kind])
	for _, line := range [][2]string{
		{w.when, w.moment(n.At, zone)}, {w.computer, n.Device}, {w.system, n.System}, {w.address, n.Address},
	} {
		if line[1] == "" {
			line[1] = w.unknown
		}
		fmt.Fprintf(&b, "%s: %s\n", line[0], line[1])
	}
	fmt.Fprintf(&b, "\n%s\n\n-- \n%s\n", w.advice[n.Kind], w.foot)
	return b.String()
}

// short is the text of a notification on the desktop.
func (w words) short(n Notice, zone *time.Location) string {
	device := n.Device
	if device == "" {
		device = w.unknown
	}
	return w.moment(n.At, zone) + " · " + device
}

func (w words) moment(at time.Time, zone *time.Location) string {
	at = at.In(zone)
	return at.Format(w.layout) + " (UTC" + at.Format("-07:00") + ")"
}

var languages = map[string]words{
	"en": {
		hello: "Hello %s,",
		subject: map[session.NoticeKind]string{
			session.NoticeSuccess: "Kontor: sign-in to your account",
			session.NoticeFailure: "Kontor: failed sign-in to your account",
			session.NoticeLocked:  "Kontor: your account is locked",
		},
		said: map[session.NoticeKind]string{
			session.NoticeSuccess: "Somebody signed in to your account in Kontor.",
			session.NoticeFailure: "Somebody tried to sign in to your account in Kontor with a wrong password.",
			session.NoticeLocked:  "Your account in Kontor is locked after too many wrong passwords.",
		},
		advice: map[session.NoticeKind]string{
			session.NoticeSuccess: "If it was you, there is nothing to do. If not: open Kontor, end that session under Sessions, and change your password there.",
			session.NoticeFailure: "If it was you, there is nothing to do. If not: open Kontor and look at Sessions. Your account stays closed to whoever does not know the password.",
			session.NoticeLocked:  "An administrator of your organization can unlock it. Or open the secure form under the sign-in of Kontor and use a recovery code.",
		},
		when: "When", computer: "Computer", system: "System", address: "Address in the network", unknown: "not known",
		layout: "2 January 2006, 15:04:05",
		foot:   "Which notices Kontor sends is set under Sessions, Security settings. This one holds no link and asks for no password.",
	},
	"it": {
		hello: "Ciao %s,",
		subject: map[session.NoticeKind]string{
			session.NoticeSuccess: "Kontor: accesso al tuo account",
			session.NoticeFailure: "Kontor: accesso al tuo account non riuscito",
			session.NoticeLocked:  "Kontor: il tuo account è bloccato",
		},
		said: map[session.NoticeKind]string{
			session.NoticeSuccess: "Qualcuno ha effettuato l’accesso al tuo account in Kontor.",
			session.NoticeFailure: "Qualcuno ha tentato di accedere al tuo account in Kontor con una password errata.",
			session.NoticeLocked:  "Il tuo account in Kontor è bloccato dopo troppe password errate.",
		},
		advice: map[session.NoticeKind]string{
			session.NoticeSuccess: "Se sei stato tu, non c’è nulla da fare. Altrimenti apri Kontor, termina la sessione in Sessioni e cambia lì la password.",
			session.NoticeFailure: "Se sei stato tu, non c’è nulla da fare. Altrimenti apri Kontor e guarda in Sessioni. L’account resta chiuso a chi non conosce la password.",
			session.NoticeLocked:  "Un amministratore della tua organizzazione può sbloccarlo. Oppure apri il modulo sicuro sotto l’accesso di Kontor e usa un codice di recupero.",
		},
		when: "Quando", computer: "Computer", system: "Sistema", address: "Indirizzo nella rete", unknown: "non noto",
		layout: "02/01/2006, 15:04:05",
		foot:   "Quali avvisi invia Kontor si sceglie in Sessioni, Impostazioni di sicurezza. Questo non contiene link e non chiede password.",
	},
	"es": {
		hello: "Hola, %s:",
		subject: map[session.NoticeKind]string{
			session.NoticeSuccess: "Kontor: inicio de sesión en su cuenta",
			session.NoticeFailure: "Kontor: inicio de sesión fallido en su cuenta",
			session.NoticeLocked:  "Kontor: su cuenta está bloqueada",
		},
		said: map[session.NoticeKind]string{
			session.NoticeSuccess: "Alguien ha iniciado sesión en su cuenta de Kontor.",
			session.NoticeFailure: "Alguien ha intentado iniciar sesión en su cuenta de Kontor con una contraseña incorrecta.",
			session.NoticeLocked:  "Su cuenta de Kontor está bloqueada tras demasiadas contraseñas incorrectas.",
		},
		advice: map[session.NoticeKind]string{
			session.NoticeSuccess: "Si fue usted, no tiene que hacer nada. Si no, abra Kontor, cierre esa sesión en Sesiones y cambie allí la contraseña.",
			session.NoticeFailure: "Si fue usted, no tiene que hacer nada. Si no, abra Kontor y mire en Sesiones. La cuenta sigue cerrada para quien no conoce la contraseña.",
			session.NoticeLocked:  "Un administrador de su organización puede desbloquearla. O abra el formulario seguro bajo el inicio de sesión de Kontor y use un código de recuperación.",
		},
		when: "Cuándo", computer: "Ordenador", system: "Sistema", address: "Dirección en la red", unknown: "no se conoce",
		layout: "02/01/2006, 15:04:05",
		foot:   "Qué avisos envía Kontor se elige en Sesiones, Configuración de seguridad. Este no contiene enlaces ni pide contraseñas.",
	},
	"fr": {
		hello: "Bonjour %s,",
		subject: map[session.NoticeKind]string{
			session.NoticeSuccess: "Kontor\u202f: connexion à votre compte",
			session.NoticeFailure: "Kontor\u202f: échec de connexion à votre compte",
			session.NoticeLocked:  "Kontor\u202f: votre compte est verrouillé",
		},
		said: map[session.NoticeKind]string{
			session.NoticeSuccess: "Quelqu’un s’est connecté à votre compte dans Kontor.",
			session.NoticeFailure: "Quelqu’un a essayé de se connecter à votre compte dans Kontor avec un mot de passe erroné.",
			session.NoticeLocked:  "Votre compte dans Kontor est verrouillé après trop de mots de passe erronés.",
		},
		advice: map[session.NoticeKind]string{
			session.NoticeSuccess: "Si c’était vous, il n’y a rien à faire. Sinon, ouvrez Kontor, terminez cette session sous Sessions et changez-y votre mot de passe.",
			session.NoticeFailure: "Si c’était vous, il n’y a rien à faire. Sinon, ouvrez Kontor et regardez sous Sessions. Votre compte reste fermé à qui ne connaît pas le mot de passe.",
			session.NoticeLocked:  "Un administrateur de votre organisation peut le débloquer. Ou ouvrez le formulaire sécurisé sous la connexion de Kontor et utilisez un code de récupération.",
		},
		when: "Quand", computer: "Ordinateur", system: "Système", address: "Adresse dans le réseau", unknown: "inconnu",
		layout: "02/01/2006, 15:04:05",
		foot:   "Les avis que Kontor envoie se choisissent sous Sessions, Paramètres de sécurité. Celui-ci ne contient aucun lien et ne demande aucun mot de passe.",
	},
	"de": {
		hello: "Guten Tag %s",
		subject: map[session.NoticeKind]string{
			session.NoticeSuccess: "Kontor: Anmeldung in Ihrem Konto",
			session.NoticeFailure: "Kontor: fehlgeschlagene Anmeldung in Ihrem Konto",
			session.NoticeLocked:  "Kontor: Ihr Konto ist gesperrt",
		},
		said: map[session.NoticeKind]string{
			session.NoticeSuccess: "Jemand hat sich in Ihrem Konto in Kontor angemeldet.",
			session.NoticeFailure: "Jemand hat versucht, sich mit einem falschen Passwort in Ihrem Konto in Kontor anzumelden.",
			session.NoticeLocked:  "Ihr Konto in Kontor ist nach zu vielen falschen Passwörtern gesperrt.",
		},
		advice: map[session.NoticeKind]string{
			session.NoticeSuccess: "Wenn Sie das waren, ist nichts zu tun. Sonst öffnen Sie Kontor, beenden diese Sitzung unter Sitzungen und ändern dort Ihr Passwort.",
			session.NoticeFailure: "Wenn Sie das waren, ist nichts zu tun. Sonst öffnen Sie Kontor und sehen unter Sitzungen nach. Ihr Konto bleibt für alle verschlossen, die das Passwort nicht kennen.",
			session.NoticeLocked:  "Ein Administrator Ihrer Organisation kann es entsperren. Oder öffnen Sie das gesicherte Formular unter der Anmeldung von Kontor und verwenden Sie einen Wiederherstellungscode.",
		},
		when: "Wann", computer: "Computer", system: "System", address: "Adresse im Netz", unknown: "nicht bekannt",
		layout: "02.01.2006, 15:04:05",
		foot:   "Welche Mitteilungen Kontor sendet, steht unter Sitzungen, Sicherheitsparameter. Diese enthält keinen Link und fragt nach keinem Passwort.",
	},
}
