// Package audit is the vocabulary in which the areas tell the activity journal what happened. An area records an
// entry in the same transaction as the change; package activity keeps, chains and searches them.
package audit

import (
	"context"

	"kontor/internal/host/sqlite"
)

// Action is the type of an entry. The first block is Infomaniak's own catalogue of its organization log
// (faq/1504, in the page's order); the second is what only Kontor does.
type Action string

const (
	LoginAttempt          Action = "login_attempt"
	LoginOK               Action = "login_ok"
	LoginOKByCookie       Action = "login_ok_by_cookie"
	AutoLoginOn           Action = "auto_login_on"
	AutoLoginOff          Action = "auto_login_off"
	PasswordRecoveryAsked Action = "password_recovery_asked"
	PasswordRecovered     Action = "password_recovered"
	PasswordChanged       Action = "password_changed"
	UserNameChanged       Action = "user_name_changed"
	EmailRecoveryAsked    Action = "email_recovery_asked"
	EmailRecovered        Action = "email_recovered"
	EmailChanged          Action = "email_changed"
	OwnerRoleGiven        Action = "owner_role_given"
	OwnerRoleRevoked      Action = "owner_role_revoked"
	AdminRoleGiven        Action = "admin_role_given"
	AdminRoleRevoked      Action = "admin_role_revoked"
	ServerAdded           Action = "server_added"
	ServerChanged         Action = "server_changed"
	ServerDeleted         Action = "server_deleted"
	ServerClientAction    Action = "server_client_action"
	RepositoryCreated     Action = "repository_created"
	RepositoryReceived    Action = "repository_received"
	OrderHandled          Action = "order_handled"
	InvoiceGenerated      Action = "invoice_generated"
	BillingActivated      Action = "billing_activated"
	BillingDeactivated    Action = "billing_deactivated"
	FundsTransferred      Action = "funds_transferred"
	ItemAdded             Action = "item_added"
	ItemChanged           Action = "item_changed"
	ItemDeleted           Action = "item_deleted"
	ItemLocked            Action = "item_locked"
	ItemUnlocked          Action = "item_unlocked"
	VideoStreamRecorded   Action = "video_stream_recorded"
	WebmailUsed           Action = "webmail_used"
	AutomaticEmailSent    Action = "automatic_email_sent"
	SMSSent               Action = "sms_sent"
	GenericSystemError    Action = "generic_system_error"

	SessionEnded    Action = "session_ended"
	SecretRevealed  Action = "secret_revealed"
	DataExported    Action = "data_exported"
	DataImported    Action = "data_imported"
	LinkOpened      Action = "link_opened"
	RecoveryUsed    Action = "recovery_used"
	PasswordRefused Action = "password_refused" // asked once more before a sensitive act, and wrong
	SettingsChanged Action = "settings_changed"
)

// Product says which part of the account an entry is about. The first block is the product types of Infomaniak's
// public API; the second is Kontor's own parts.
type Product string

const (
	Domain         Product = "domain"
	WebHosting     Product = "web_hosting"
	EmailHosting   Product = "email_hosting"
	Drive          Product = "drive"
	KSuite         Product = "ksuite"
	SwissBackup    Product = "swiss_backup"
	PublicCloud    Product = "public_cloud"
	DedicatedHost  Product = "dedicated_server"
	CustomURL      Product = "custom_url"
	Mailing        Product = "mailing"
	VOD            Product = "vod"
	WebsiteBuilder Product = "website_builder"

	Account      Product = "account"
	Organization Product = "organization"
	Session      Product = "session"
	Branding     Product = "branding"
	Payment      Product = "payment"
	Prepaid      Product = "prepaid"
	Partner      Product = "partner"
	Client       Product = "client"
	Expiry       Product = "expiry"
	Workspace    Product = "workspace"
	Mirror       Product = "infomaniak" // what was read and changed at Infomaniak over its API
)

// Result tells how it ended.
type Result string

const (
	OK      Result = "ok"
	Failed  Result = "failed"
	Refused Result = "refused"
)

// Entry is what an area tells. Moment, person, organization and session come from the transaction and the actor of
// the context; AccountID and OrganizationID stand in for them where nobody is signed in yet.
type Entry struct {
	Action     Action
	Product    Product
	ObjectID   string // id of what was acted on
	ObjectName string // its name, where it names no person
	Result     Result // OK when empty
	Old, New   string // a value that helps, never a secret; sealed under the person's key if PersonID is set
	PersonID   string // whose personal data Old and New are

	AccountID      string
	OrganizationID string
}

// Recorder writes an entry in the caller's transaction.
type Recorder interface {
	Record(ctx context.Context, tx *sqlite.Tx, e Entry) error
}
