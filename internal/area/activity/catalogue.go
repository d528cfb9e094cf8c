package activity

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"kontor/internal/core/text"
	book "kontor/internal/core/words"
	"kontor/internal/host/audit"
)

// Me is the actor value for whoever asks.
const Me = "me"

// Source values.
const (
	SourceOwn      = "own"
	SourceImported = "imported"
)

// keys are the names of the keys, in the five languages.
var keys = keysBy(map[Key]string{
	KeyProduct: "product produit prodotto producto produkt",
	KeyAction:  "action azione acción accion aktion type",
	KeyActor:   "actor acteur attore akteur person personne persona by",
	KeyResult:  "result résultat resultat risultato resultado ergebnis",
	KeyObject:  "object objet oggetto objeto objekt",
	KeySource:  "source fonte fuente origine origen quelle",
	KeySince:   "since depuis dal desde seit from after",
	KeyUntil:   "until jusque fino hasta bis to before",
	KeyOn:      "on day jour giorno día dia tag",
})

func keysBy(spellings map[Key]string) map[string]Key {
	all := map[string]Key{}
	for key, list := range spellings {
		for s := range strings.FieldsSeq(list) {
			all[text.Fold(s)] = key
		}
	}
	return all
}

// Products lists the catalogue of products, Infomaniak's first.
func Products() []audit.Product {
	return []audit.Product{
		audit.Domain, audit.WebHosting, audit.EmailHosting, audit.Drive, audit.KSuite, audit.SwissBackup,
		audit.PublicCloud, audit.DedicatedHost, audit.CustomURL, audit.Mailing, audit.VOD, audit.WebsiteBuilder,
		audit.Account, audit.Organization, audit.Session, audit.Branding, audit.Payment, audit.Prepaid, audit.Partner,
		audit.Client, audit.Expiry, audit.Workspace, audit.Mirror,
	}
}

// Actions lists the catalogue of action types, in the order of Infomaniak's page, then Kontor's own.
func Actions() []audit.Action {
	return []audit.Action{
		audit.LoginAttempt, audit.LoginOK, audit.LoginOKByCookie, audit.AutoLoginOn, audit.AutoLoginOff,
		audit.PasswordRecoveryAsked, audit.PasswordRecovered, audit.PasswordChanged, audit.UserNameChanged,
		audit.EmailRecoveryAsked, audit.EmailRecovered, audit.EmailChanged, audit.OwnerRoleGiven,
		audit.OwnerRoleRevoked, audit.AdminRoleGiven, audit.AdminRoleRevoked, audit.ServerAdded, audit.ServerChanged,
		audit.ServerDeleted, audit.ServerClientAction, audit.RepositoryCreated, audit.RepositoryReceived,
		audit.OrderHandled, audit.InvoiceGenerated, audit.BillingActivated, audit.BillingDeactivated,
		audit.FundsTransferred, audit.ItemAdded, audit.ItemChanged, audit.ItemDeleted, audit.ItemLocked,
		audit.ItemUnlocked, audit.VideoStreamRecorded, audit.WebmailUsed, audit.AutomaticEmailSent, audit.SMSSent,
		audit.GenericSystemError,
		audit.SessionEnded, audit.SecretRevealed, audit.DataExported, audit.DataImported, audit.LinkOpened,
		audit.RecoveryUsed, audit.PasswordRefused, audit.SettingsChanged,
	}
}

// groups are action values that stand for several types.
var groups = map[string][]audit.Action{
	"login":    {audit.LoginAttempt, audit.LoginOK, audit.LoginOKByCookie},
	"added":    {audit.ItemAdded, audit.ServerAdded, audit.RepositoryCreated},
	"changed":  {audit.ItemChanged, audit.ServerChanged, audit.UserNameChanged, audit.PasswordChanged, audit.EmailChanged, audit.SettingsChanged},
	"deleted":  {audit.ItemDeleted, audit.ServerDeleted},
	"role":     {audit.OwnerRoleGiven, audit.OwnerRoleRevoked, audit.AdminRoleGiven, audit.AdminRoleRevoked},
	"password": {audit.PasswordRecoveryAsked, audit.PasswordRecovered, audit.PasswordChanged, audit.PasswordRefused},
	"email":    {audit.EmailRecoveryAsked, audit.EmailRecovered, audit.EmailChanged, audit.AutomaticEmailSent},
	"billing":  {audit.OrderHandled, audit.InvoiceGenerated, audit.BillingActivated, audit.BillingDeactivated, audit.FundsTransferred},
	"server":   {audit.ServerAdded, audit.ServerChanged, audit.ServerDeleted, audit.ServerClientAction},
}

// Groups lists the names of the action groups.
func Groups() []string {
	return []string{"login", "password", "email", "role", "server", "billing", "added", "changed", "deleted"}
}

// Results lists how an act may end.
func Results() []audit.Result { return []audit.Result{audit.OK, audit.Failed, audit.Refused} }

// aliases are further spellings of the closed keys' values, beside their ids and what the five languages call them.
var aliases = map[Key]map[string]string{
	KeyProduct: {
		"drive": "kdrive", "web_hosting": "hosting web", "email_hosting": "mail email", "swiss_backup": "backup",
		"public_cloud": "cloud", "dedicated_server": "server", "mailing": "newsletter", "vod": "video",
		"website_builder": "builder", "domain": "domains", "account": "profile", "session": "sessions",
		"payment": "payments", "client": "clients",
	},
	KeyAction: {
		"added": "create created add", "changed": "change edit edited update updated", "deleted": "delete remove removed",
		"login": "signin", "role": "roles", "item_locked": "lock locked", "item_unlocked": "unlock unlocked",
		"invoice_generated": "invoice", "order_handled": "order", "data_exported": "export exported",
		"data_imported": "import imported", "generic_system_error": "error", "sms_sent": "sms",
	},
	KeyResult: {"ok": "success succeeded", "failed": "failure fail error", "refused": "denied"},
	KeySource: {SourceImported: "import", SourceOwn: "local"},
	KeyActor:  {Me: "io yo moi ich mich"},
}

// choices are the accepted spellings of the values of each key, folded: what the five languages call them, then ids and
// aliases, which win.
var choices = sync.OnceValue(func() map[Key]map[string]string {
	all := map[Key]map[string]string{}
	take := func(key Key, id, messages string) {
		if all[key] == nil {
			all[key] = map[string]string{}
		}
		for _, language := range book.Languages {
			if called, ok := book.For(book.Locale{Language: language}).Lookup(messages); ok {
				all[key][choiceKey(called)] = id
			}
		}
	}
	take(KeyActor, Me, "activity_me")
	take(KeySource, SourceOwn, "activity_source_own")
	take(KeySource, SourceImported, "activity_source_imported")
	for _, p := range Products() {
		take(KeyProduct, string(p), "act_product_"+string(p))
	}
	for _, g := range Groups() {
		take(KeyAction, g, "act_group_"+g)
	}
	for _, a := range Actions() {
		take(KeyAction, string(a), "act_action_"+string(a))
	}
	for _, r := range Results() {
		take(KeyResult, string(r), "act_result_"+string(r))
	}
	for key, ids := range all {
		for _, id := range slices.Collect(maps.Values(ids)) {
			for alias := range strings.FieldsSeq(aliases[key][id]) {
				ids[alias] = id
			}
			ids[id] = id
		}
	}
	return all
})

// choiceKey folds a spelling: case and accents do not matter, and "-" or a blank is as good as "_".
func choiceKey(v string) string {
	return strings.NewReplacer("-", "_", " ", "_").Replace(text.Fold(v))
}

// choose is the id of what somebody calls a product, an action, a result, a source or themselves.
func choose(key Key, called string) (string, bool) {
	id, ok := choices()[key][choiceKey(called)]
	return id, ok
}

// actionsOf are the types that an action value stands for.
func actionsOf(v string) []audit.Action {
	if g, ok := groups[v]; ok {
		return slices.Clone(g)
	}
	return []audit.Action{audit.Action(v)}
}
