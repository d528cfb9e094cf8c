package activity

import (
	"slices"
	"strings"

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
var keys = named(map[Key]string{
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

func named(spellings map[Key]string) map[string]Key {
	all := map[string]Key{}
	for key, list := range spellings {
		for s := range strings.FieldsSeq(list) {
			all[s] = key
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
		audit.Client, audit.Workspace,
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
		audit.RecoveryUsed, audit.SettingsChanged,
	}
}

// groups are action values that stand for several types.
var groups = map[string][]audit.Action{
	"login":    {audit.LoginAttempt, audit.LoginOK, audit.LoginOKByCookie},
	"added":    {audit.ItemAdded, audit.ServerAdded, audit.RepositoryCreated},
	"changed":  {audit.ItemChanged, audit.ServerChanged, audit.UserNameChanged, audit.PasswordChanged, audit.EmailChanged, audit.SettingsChanged},
	"deleted":  {audit.ItemDeleted, audit.ServerDeleted},
	"role":     {audit.OwnerRoleGiven, audit.OwnerRoleRevoked, audit.AdminRoleGiven, audit.AdminRoleRevoked},
	"password": {audit.PasswordRecoveryAsked, audit.PasswordRecovered, audit.PasswordChanged},
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

// choices are the accepted spellings of the closed keys: every catalogue id and these aliases.
var choices = map[Key]map[string]string{
	KeyProduct: spellings(Products(), map[string]string{
		"kdrive": "drive", "hosting": "web_hosting", "web": "web_hosting", "mail": "email_hosting", "email": "email_hosting",
		"backup": "swiss_backup", "cloud": "public_cloud", "server": "dedicated_server", "newsletter": "mailing",
		"video": "vod", "builder": "website_builder", "site_creator": "website_builder", "domains": "domain",
		"profile": "account", "sessions": "session", "payments": "payment", "clients": "client",
	}),
	KeyAction: spellings(Actions(), map[string]string{
		"create": "added", "created": "added", "add": "added", "change": "changed", "edit": "changed", "edited": "changed",
		"update": "changed", "updated": "changed", "delete": "deleted", "remove": "deleted", "removed": "deleted",
		"login": "login", "signin": "login", "added": "added", "changed": "changed", "deleted": "deleted", "role": "role",
		"roles": "role", "password": "password", "email": "email", "billing": "billing", "server": "server",
		"lock": "item_locked", "locked": "item_locked", "unlock": "item_unlocked", "unlocked": "item_unlocked",
		"invoice": "invoice_generated", "order": "order_handled", "export": "data_exported", "exported": "data_exported",
		"import": "data_imported", "imported": "data_imported", "error": "generic_system_error", "sms": "sms_sent",
	}),
	KeyResult: spellings(Results(), map[string]string{
		"success": "ok", "succeeded": "ok", "failure": "failed", "fail": "failed", "error": "failed", "denied": "refused",
	}),
	KeySource: spellings([]string{SourceOwn, SourceImported}, map[string]string{"import": SourceImported, "local": SourceOwn}),
}

func spellings[T ~string](ids []T, aliases map[string]string) map[string]string {
	all := map[string]string{}
	for alias, id := range aliases {
		all[alias] = id
	}
	for _, id := range ids {
		all[string(id)] = string(id)
	}
	return all
}

// choiceKey folds a spelling: case does not matter, and "-" or a space is as good as "_".
func choiceKey(v string) string {
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.TrimSpace(v)))
}

// actionsOf are the types that an action value stands for.
func actionsOf(v string) []audit.Action {
	if g, ok := groups[v]; ok {
		return slices.Clone(g)
	}
	return []audit.Action{audit.Action(v)}
}
