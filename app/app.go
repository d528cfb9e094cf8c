// Package app is what the window may call. It decides nothing: each bound method is one call into an area, and what
// comes back is a view made of plain strings, numbers and lists.
package app

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"kontor/internal/area/activity"
	"kontor/internal/area/branding"
	"kontor/internal/area/client"
	"kontor/internal/area/mirror"
	"kontor/internal/area/organization"
	"kontor/internal/area/partner"
	"kontor/internal/area/payment"
	"kontor/internal/area/prepaid"
	"kontor/internal/area/profile"
	"kontor/internal/area/quote"
	"kontor/internal/area/sale"
	"kontor/internal/area/session"
	"kontor/internal/area/transfer"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/obstacle"
	"kontor/internal/flow/backup"
	"kontor/internal/flow/expiry"
	"kontor/internal/flow/firststart"
	"kontor/internal/flow/frame"
	"kontor/internal/flow/home"
	"kontor/internal/flow/leaving"
	"kontor/internal/flow/moving"
	"kontor/internal/flow/notice"
	"kontor/internal/flow/ordering"
	"kontor/internal/flow/replica"
	"kontor/internal/flow/safety"
	looking "kontor/internal/flow/update"
	"kontor/internal/host/beside"
	"kontor/internal/host/bridge"
	"kontor/internal/host/disk"
	"kontor/internal/host/infomaniak"
	"kontor/internal/host/link"
	"kontor/internal/host/machine"
	"kontor/internal/host/mail"
	"kontor/internal/host/manager"
	"kontor/internal/host/picture/store"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/sso"
	"kontor/internal/host/update"
	"kontor/internal/host/vault"
)

// The database of a workspace, and the folders of its copies and pictures beside it.
const (
	databaseFile   = "kontor.db"
	copiesFolder   = "copies"
	picturesFolder = "pictures"
)

// Options say where and as what the application runs.
type Options struct {
	Workspace  string       // folder of the workspace; the sample workspace lies below it
	Claims     string       // folder in which the person's windows are claimed
	Version    string       // e.g. "0.1.0"
	Log        *slog.Logger // slog.Default when nil
	Now        func() time.Time
	Issuer     func(tenant string) string  // of tokens; Entra ID's when nil, tests run a provider of their own
	Browser    link.Opener                 // the system's when nil
	Desktop    notice.Desktop              // shows notifications; none when nil
	Zoom       func(percent int) bool      // shows the page larger or smaller; nil or false: the page has to do it
	Notes      []StartNote                 // what the start had to do without
	Disk       func(dir string) disk.Place // looks at what a folder lies on; disk.At when nil
	Clipboard  Clipboard                   // the system's; none when nil
	Rest       func()                      // called when nothing has been asked for a while; nothing when nil
	Infomaniak string                      // address of a test's own server in the place of Infomaniak's API; main gives none
	Updates    update.Place                // where newer versions are published; none when zero

	// quiet opens the workspace for one question: nothing is sent, swept, copied or read beside it; sessions of windows stay.
	quiet  bool
	beside string // what follows the name of the computer in the list of sessions
}

// Clipboard takes what the person copies, see internal/host/clipboard.
type Clipboard interface {
	Put(text string, secret bool) error
	Close()
}

// App holds the workspace that is open, or the reason why none is.
type App struct {
	options Options
	log     *slog.Logger
	shell   *bridge.Shell
	room    bridge.Room[*workspace]

	turn      sync.Mutex   // of whoever puts another workspace in the place of the one that is there; before mu
	mu        sync.RWMutex // calls read, Open and Close write: no call sees a half-open workspace
	workspace *workspace
	fault     error
	away      away // while the sample, or a backup, is open

	restore restore
	handed  handed
}

// workspace is an open workspace with its areas.
type workspace struct {
	path   string
	way    way // how it was opened
	sample bool
	db     *sqlite.DB
	vault  *vault.Vault
	mail   *mail.Service

	journal       *activity.Service
	profiles      *profile.Service
	organizations *organization.Service
	sessions      *session.Service
	firstStart    *firststart.Service
	frame         *frame.Service
	leaving       *leaving.Service
	notices       *notice.Service
	payments      *payment.Service
	prepaid       *prepaid.Service
	home          *home.Service
	expiry        *expiry.Service
	links         *link.Service
	tasks         *manager.Service
	settings      *settings.Store
	safety        *safety.Service
	backup        *backup.Service
	moving        *moving.Service
	replica       *replica.Service
	updates       *looking.Service
	partner       *partner.Service
	branding      *branding.Service
	transfers     *transfer.Service
	clients       *client.Service
	quotes        *quote.Service
	sales         *sale.Service
	mirror        *mirror.Service
	edits         *mirror.Edits
}

// New wires the façades together and opens nothing, so that bindings can be generated from it.
func New(o Options) *App {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Browser == nil {
		o.Browser = link.Browser{}
	}
	if o.Disk == nil {
		o.Disk = disk.At
	}
	a := &App{options: o, log: o.Log, fault: fault.New(fault.Unavailable, "not_open")}
	a.shell = bridge.NewShell(a, a.log)
	a.shell.Heed = a.distrust
	a.shell.Rest = o.Rest
	a.room = bridge.To(a.shell, func() *workspace { return a.workspace })
	return a
}

// Enter holds the workspace open for a call, and says who acts in it.
func (a *App) Enter(ctx context.Context) (access.Actor, func(), error) {
	a.mu.RLock()
	if a.fault != nil {
		defer a.mu.RUnlock()
		return access.Actor{}, nil, a.fault
	}
	actor, err := a.workspace.sessions.Actor(ctx)
	if err != nil && fault.CodeOf(err) != fault.Unauthenticated {
		a.mu.RUnlock()
		return access.Actor{}, nil, err
	}
	actor.Zone = a.workspace.profiles.Zone(access.With(ctx, actor))
	return actor, a.mu.RUnlock, nil // nobody may do nothing: the services refuse
}

// Open opens the person's workspace. If that fails the window still opens and says why.
func (a *App) Open(ctx context.Context) error {
	if !a.options.quiet {
		beside.Go(a.log, "tidy", func() { disk.Sweep("", lookedAt, reckoning) }) // what killed programs left there
	}
	if err := lost(a.options.Workspace); err != nil {
		return a.refuse(err)
	}
	return a.open(ctx, a.options.Workspace, false)
}

// open puts another workspace in the place of the one that is open. One that cannot be opened leaves it as it is.
func (a *App) open(ctx context.Context, dir string, sample bool) error {
	return a.openWith(ctx, dir, sample, insist{})
}

func (a *App) openWith(ctx context.Context, dir string, sample bool, will insist) error {
	w, err := a.approach(ctx, dir, sample, will)
	if err != nil {
		return a.refuse(err)
	}
	h, err := a.build(ctx, dir, sample, w)
	if err != nil {
		w.leave()
		return a.refuse(err)
	}
	if !sample && w.look == nil {
		a.log.Info(workspaceIsOpen)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.enter(ctx, h)
	return nil
}

// refuse says why no workspace could be opened. One that is open stays so.
func (a *App) refuse(err error) error {
	a.log.Error("open workspace", "error", err)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.workspace == nil {
		a.fault = err
	}
	return err
}

// build is the one place where the areas are wired to each other.
func (a *App) build(ctx context.Context, dir string, sample bool, w way) (*workspace, error) {
	db, err := sqlite.Open(ctx, w.file, w.options(a, dir))
	if err != nil {
		return nil, err
	}
	h := &workspace{path: dir, way: w, sample: sample, db: db}
	clock := day.Clock{Now: db.Now, Zone: zone}
	places := organization.NewDirectory(db)
	people := profile.NewDirectory(db, places)
	h.journal = activity.New(db, people, places)
	h.vault = vault.Open(db, dir, vault.Options{
		Log: a.log, Journal: h.journal, Reauth: reauth{h}, Changed: func() { a.shell.EmitBeside(vault.Changed) },
	})
	if !sample && w.look == nil {
		h.journal.SealWith(h.vault)
	}
	h.mail = mail.NewService(mail.Options{
		DB: db, Journal: h.journal, Vault: h.vault, Accounts: people, Log: a.log, Me: h.me, Changed: func() { a.shell.EmitBeside(mail.Changed) },
	})
	h.settings = settings.NewStore(db)
	h.safety, h.backup, h.replica = a.safetyOf(h, clock), a.backupOf(h, clock), a.replicaOf(h)
	h.updates = looking.New(looking.Options{DB: db, Settings: h.settings, Place: a.options.Updates, Program: a.options.Version})
	h.tasks = manager.New(db, h.journal)
	h.notices = notice.NewService(notice.Options{
		DB: db, People: people, Readers: h.settings, Mail: h.mail, Desktop: a.options.Desktop, Zone: time.Local, Log: a.log, Changed: func() { a.shell.EmitBeside(notice.Came) },
	})
	h.sessions = session.NewService(session.Options{
		DB: db, Journal: h.journal, Accounts: people, Members: places, Vault: h.vault,
		Device: session.Device{Name: machine.Name() + a.options.beside, System: machine.System(), Version: a.options.Version, Address: machine.Address()},
		Person: machine.Person(), Claims: a.options.Claims, Params: session.HashParams, Notifier: h.notices, RefusalInterval: session.RefusalInterval,
		Clock: clock,
		SSO:   entra{sso.New(sso.Options{Issuer: a.options.Issuer, Now: a.options.Now})}, Opener: a.options.Browser, Log: a.log,
	})
	h.profiles = profile.NewService(people, h.journal, h.sessions, store.New(filepath.Join(dir, picturesFolder, "profile")))
	h.organizations = organization.NewService(db, h.journal, h.sessions, people,
		func(ctx context.Context, id string) ([]obstacle.Obstacle, error) { return h.prepaid.Obstacles(ctx, id) })
	h.organizations.SendThrough(invitationPost{h.mail})
	h.partner = partner.NewService(partner.Options{DB: db, Journal: h.journal, Clients: partnerClients{h}, Quotes: partnerQuotes{h}, Organizations: places, Drafts: h.settings, Clock: clock})
	h.payments, h.prepaid = moneyOf(h, clock)
	h.firstStart = firststart.NewService(db, h.profiles, h.organizations, h.sessions)
	h.frame = frame.NewService(h.profiles, h.organizations, h.sessions)
	h.quotes = quote.NewService(quote.Options{
		DB: db, Journal: h.journal, Prices: priceLists{h}, Clients: managedClients{h}, Names: h.organizations, Clock: clock,
		Sender: quoteSender{h}, Post: quotePost{h.mail}, Opener: a.options.Browser,
	})
	h.mail.OnHanded(h.quotes.Handed)
	h.sales = salesOf(h, clock)
	h.transfers = transfersOf(h, places, clock)
	h.tasks.OnClose(h.transfers.Settled, transfer.TaskKinds()...)
	h.tasks.OnView(h.transfers.MaySee, transfer.TaskKinds()...)
	h.clients = client.NewService(client.Options{
		DB: db, Journal: h.journal, Reauth: h.sessions, Members: places, Places: places, Followers: map[string]client.Follower{"quotes": h.quotes, "sales": h.sales}, People: clientPeople{people, h.organizations}, Quotes: h.quotes,
		Secrets: h.vault, Names: h.organizations, Post: clientPost{h.mail},
		Prices: clientPrices{h.partner}, Account: h.prepaid, Sales: ordering.Sales{Of: func() *sale.Service { return h.sales }, Clock: clock}, Tasks: h.tasks, Clock: clock,
	})
	h.links = link.NewService(db, h.journal, a.options.Browser)
	h.branding = branding.NewService(db, h.journal, store.New(filepath.Join(dir, picturesFolder, "branding")), h.organizations, h.tasks, clock)
	h.tasks.OnClose(h.branding.Settled, manager.SetBranding)
	limit := &infomaniak.Limit{Now: a.options.Now} // one for the whole program
	h.mirror = a.mirrorOf(ctx, h, limit)
	h.edits = a.editsOf(h, limit)
	h.mirror.Follow(h.edits)
	h.expiry = expiryOf(h, clock)
	h.leaving = leaving.NewService(db, h.journal, h.sessions, h.organizations, h.settings,
		h.journal, h.sessions, h.notices, h.mail, h.expiry, h.settings, h.mirror, h.organizations, h.profiles) // the account itself goes last
	h.leaving.TellBackups(h.backup, h.replica)
	h.home, h.moving = homeOf(h, clock), a.movingOf(h, clock)
	a.takeUp(ctx, h, a.kept())
	if a.options.quiet {
		return h, nil
	}
	if err := h.sessions.CloseDead(ctx); err != nil {
		a.log.Warn("close dead sessions", "error", err) // they stand on a list too long and open nothing
	}
	if w.look != nil { // nothing is sent, swept or copied from a copy
		return h, nil
	}
	for _, tidy := range []func(context.Context) error{h.branding.Tidy, h.profiles.Tidy} {
		if err := tidy(ctx); err != nil {
			a.log.Warn("tidy pictures", "error", err) // a file too many does no harm
		}
	}
	if err := h.leaving.Finish(ctx); err != nil {
		a.log.Error("write the file anew after a deletion", "error", err)
	}
	h.mail.Start()
	h.edits.Start()
	h.mirror.Start()
	if !sample {
		disk.Sweep(dir, restoring)
		for _, start := range []func(){h.safety.Start, h.backup.Start, h.replica.Start, h.expiry.Start} {
			start()
		}
	}
	return h, nil
}

// reauth asks the sessions for the password, for what is opened before them.
type reauth struct{ *workspace }

func (r reauth) Reauthenticate(ctx context.Context, password string) error {
	return r.sessions.Reauthenticate(ctx, password)
}

// zone is where the days of the person who acts begin; the computer's for nobody and for whoever chose none.
func zone(ctx context.Context) *time.Location {
	if chosen := access.From(ctx).Zone; chosen != nil {
		return chosen
	}
	return time.Local
}

func (h *workspace) close(log *slog.Logger) {
	for _, stop := range []func(){
		h.backup.Stop, h.moving.Close, h.expiry.Stop, h.safety.Stop, h.edits.Stop, h.mirror.Stop, h.mail.Stop, h.sessions.StopBrowser, h.replica.Stop, h.vault.Close,
	} {
		stop()
	}
	if err := h.db.Close(); err != nil {
		log.Error("close workspace", "error", err)
	}
	h.way.leave()
}

// Startup is called by the window when it can take events and open dialogs.
func (a *App) Startup(emit bridge.Emit, dialogs bridge.Dialogs) { a.shell.Use(emit, dialogs) }

// Shutdown closes the workspace; calls that still run are waited for.
func (a *App) Shutdown() {
	if a.options.Clipboard != nil {
		a.options.Clipboard.Close()
	}
	a.restore.keep(nil)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.leave()
	a.fault = fault.New(fault.Unavailable, "not_open")
}

// leave closes the open workspace. The caller holds mu.
func (a *App) leave() {
	if a.workspace != nil {
		a.shell.Jobs.Stop()
		a.workspace.close(a.log)
		a.workspace = nil
	}
}

// me is the address and the account of whoever is signed in.
func (h *workspace) me(ctx context.Context) (address, accountID string, err error) {
	account, err := h.profiles.Mine(ctx)
	return account.LoginEmail, account.ID, err
}
