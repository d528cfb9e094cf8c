package mirror

// ValueView is one value of a field. Which parts count depends on the field: text for names, id (and code, text) for a
// choice out of a list, on for a switch, on and number for the lock.
type ValueView struct {
	Known  bool   `json:"known"` // false: not read yet, or not told
	Text   string `json:"text"`  // what to show; the name of a choice
	ID     int64  `json:"id"`    // of a language, country or time zone at Infomaniak
	Code   string `json:"code"`  // e.g. "it", "CH", "Europe/Zurich"
	On     bool   `json:"on"`
	Number int    `json:"number"` // failed sign-ins before the lock
}

// ValueInput is a value as a person sets it, see ValueView.
type ValueInput struct {
	Text   string `json:"text"`
	ID     int64  `json:"id"`
	On     bool   `json:"on"`
	Number string `json:"number"` // as typed
}

// FieldView is one field of the profile at Infomaniak with what is being done about it. The edit's id is "" where there
// is none that a person still has to know of.
type FieldView struct {
	Field string    `json:"field"` // first_name, last_name, language, country, timezone, notice_success, notice_failure, lock
	Value ValueView `json:"value"` // as read
	Edit  EditView  `json:"edit"`
}

// AddressView is an e-mail address or a phone number at Infomaniak.
type AddressView struct {
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Type     string   `json:"type"`     // Infomaniak's own word
	Checked  bool     `json:"checked"`  // confirmed there
	Reminder bool     `json:"reminder"` // used to recover the account
	Pending  bool     `json:"pending"`  // asked for there and not confirmed yet
	Login    bool     `json:"login"`    // the address of the sign-in: cannot be removed here
	Edit     EditView `json:"edit"`     // its removal
}

// PictureView is the avatar at Infomaniak. Data is a small picture as base64 text with its media type; "" where there is
// none or it has not been read.
type PictureView struct {
	Has  bool     `json:"has"`
	Data string   `json:"data"`
	Type string   `json:"type"`
	Edit EditView `json:"edit"`
}

// MineView is the person at Infomaniak.
type MineView struct {
	Connected bool          `json:"connected"`
	Stand     StandView     `json:"stand"`
	Login     string        `json:"login"` // e-mail of the sign-in there; changed in the Manager only
	Fields    []FieldView   `json:"fields"`
	Picture   PictureView   `json:"picture"`
	Emails    []AddressView `json:"emails"`
	Phones    []AddressView `json:"phones"`
	// AddressesStand is that of e-mails and phones, which may need a scope of their own.
	AddressesStand StandView `json:"addressesStand"`
}

// FieldChange is one field that a person changes. Read is the value that stood on the page: if another has been read
// meanwhile nothing is noted, and the answer is conflict/changed_meanwhile.
type FieldChange struct {
	Field string     `json:"field"`
	Value ValueInput `json:"value"`
	Read  ValueInput `json:"read"`
}

// RefusalView is what Infomaniak said about one field of an edit, in its own words.
type RefusalView struct {
	Field string `json:"field"` // the page's name of the field; "" where it concerns the whole
	Text  string `json:"text"`
}

// EditView is one edit of something at Infomaniak.
//
// State: waiting (has not left this computer), sending, requested (accepted, not yet read back), confirmed (read back),
// refused (Refusals say why), differs (accepted, and something else is read), conflict (changed on both sides: base,
// mine, theirs), uncertain (sent, and no answer came), withdrawn.
type EditView struct {
	ID          string        `json:"id"`
	Kind        string        `json:"kind"`  // profile, avatar, email, phone, invitation, team, team_users, application_password, record
	Act         string        `json:"act"`   // set, add, remove
	Field       string        `json:"field"` // of the profile, else ""
	Name        string        `json:"name"`  // what it concerns: an address, a team, a record; "" for fields of the profile
	Account     string        `json:"account"`
	AccountName string        `json:"accountName"` // the organization at Infomaniak, if it concerns one
	Zone        string        `json:"zone"`        // of a DNS record
	State       string        `json:"state"`
	Base        ValueView     `json:"base"`
	Mine        ValueView     `json:"mine"`
	Theirs      ValueView     `json:"theirs"`
	BaseAt      string        `json:"baseAt"`   // when base was read
	TheirsAt    string        `json:"theirsAt"` // when theirs was read
	CreatedAt   string        `json:"createdAt"`
	ChangedAt   string        `json:"changedAt"`
	SentAt      string        `json:"sentAt"` // "" while nothing has left
	NextAt      string        `json:"nextAt"` // of the next attempt or reading; "" if only a person moves it on
	Reason      string        `json:"reason"` // a message key: offline, limited, paused, scope, queued, interrupted, no_answer, restored, already_so …
	Scope       string        `json:"scope"`  // that the token lacks
	Detail      string        `json:"detail"` // Infomaniak's own words
	RequestID   string        `json:"requestId"`
	Refusals    []RefusalView `json:"refusals"`
	Secret      bool          `json:"secret"` // an application password waits to be shown, once
	May         []string      `json:"may"`    // withdraw, again, look, keep, take: what a person may do now
}

// ChoiceView is a language, country or time zone to choose.
type ChoiceView struct {
	ID   int64  `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"` // Infomaniak's own
}

// ChoicesView are the lists to choose from, as Infomaniak has them.
type ChoicesView struct {
	Languages []ChoiceView `json:"languages"`
	Countries []ChoiceView `json:"countries"` // those that Infomaniak has enabled
	Timezones []ChoiceView `json:"timezones"`
	ReadAt    string       `json:"readAt"`
}

// InvitationInput invites somebody into an organization at Infomaniak.
type InvitationInput struct {
	Account       string   `json:"account"` // id of the organization there
	Email         string   `json:"email"`
	FirstName     string   `json:"firstName"`
	LastName      string   `json:"lastName"`
	Locale        string   `json:"locale"` // de_DE, en_GB, es_ES, fr_FR, it_IT: of the mail that Infomaniak sends
	Role          string   `json:"role"`   // normal, admin, owner
	Billing       bool     `json:"billing"`
	NoteBilling   bool     `json:"noteBilling"`
	NoteProducts  bool     `json:"noteProducts"`
	Teams         []string `json:"teams"`
	Silent        bool     `json:"silent"`        // Infomaniak sends no mail
	EvenIfInvited bool     `json:"evenIfInvited"` // there is an open edit for the address: the person knows
}

// InvitationView is an invitation that was made here, as last read at Infomaniak.
type InvitationView struct {
	ID        string   `json:"id"` // at Infomaniak; "" until it is known
	Account   string   `json:"account"`
	Email     string   `json:"email"`
	Name      string   `json:"name"`
	Role      string   `json:"role"`
	Status    string   `json:"status"` // Infomaniak's own word: pending, accepted, rejected, cancelled; "" until read
	SentAt    string   `json:"sentAt"`
	ExpiresAt string   `json:"expiresAt"`
	ReadAt    string   `json:"readAt"`
	Edit      EditView `json:"edit"`
}

// TeamChange makes, renames or fills a team.
type TeamChange struct {
	Account string   `json:"account"`
	Team    string   `json:"team"` // "" makes one
	Name    string   `json:"name"` // "" leaves it
	Add     []string `json:"add"`  // ids of users there
	Remove  []string `json:"remove"`
}

// PasswordView is an application password at Infomaniak. Removing one is done in the Manager.
type PasswordView struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	LastUsedAt string `json:"lastUsedAt"`
}

// PasswordsView are the application passwords and those on their way.
type PasswordsView struct {
	Stand StandView      `json:"stand"`
	List  []PasswordView `json:"list"`
	Edits []EditView     `json:"edits"`
}

// SecretView is an application password, shown once.
type SecretView struct {
	Name   string `json:"name"`
	Secret string `json:"secret"`
}
