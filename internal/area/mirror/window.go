package mirror

import (
	"context"

	"kontor/internal/host/bridge"
)

// Changed is the event after which the window asks again for what it shows of Infomaniak.
const Changed = "mirror:changed"

// Window connects to the person's account at Infomaniak, and shows what was read of it. Everything is its owner's alone:
// to another account of this computer there is no connection.
type Window struct{ room bridge.Room[*Service] }

// NewWindow leads the page to the service of the workspace that is open.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// State tells how the connection does.
func (w *Window) State() (StateView, error) {
	return bridge.Call(w.room, "mirror.State", of((*Service).state))
}

// Check starts to try a token with at most 8 requests that only read. Nothing of it is kept; see CheckResult.
func (w *Window) Check(token string) (bridge.JobView, error) {
	return bridge.Call(w.room, "mirror.Check", func(ctx context.Context, s *Service) (bridge.JobView, error) {
		secret, err := s.tokenOf(ctx, token)
		if err != nil {
			return bridge.JobView{}, err
		}
		return bridge.Start(ctx, w.room.Shell().Jobs, "mirror.Check", func(ctx context.Context, progress func(done, total int64)) (CheckView, error) {
			return s.check(ctx, secret, progress)
		}), nil
	})
}

// CheckResult is what a job of Check found.
func (w *Window) CheckResult(job string) (CheckView, error) {
	return bridge.Call(w.room, "mirror.CheckResult", func(ctx context.Context, _ *Service) (CheckView, error) {
		return bridge.ResultOf[CheckView](ctx, w.room.Shell().Jobs, job)
	})
}

// Connect keeps a token that was checked, with what each organization shall be here, and begins to read. Organizations
// without a choice are only looked at.
func (w *Window) Connect(in ConnectInput) (StateView, error) {
	return w.after("mirror.Connect", func(ctx context.Context, s *Service) error { return s.Connect(ctx, in) })
}

// Refresh reads now what is due at any age, as far as the limit of requests lets it. Without a network it says so at once.
func (w *Window) Refresh() (StateView, error) {
	return w.after("mirror.Refresh", func(ctx context.Context, s *Service) error { return s.Refresh(ctx) })
}

// Opened tells that a page shows an area, of one organization at Infomaniak where it is asked per organization: what is
// older than its minimum age is read. Without a connection nothing happens.
func (w *Window) Opened(area, account string) error {
	return bridge.Do(w.room, "mirror.Opened", func(ctx context.Context, s *Service) error { return s.Opened(ctx, area, account) })
}

// SetBackground says whether Kontor reads by itself while it is open; it does not unless told so.
func (w *Window) SetBackground(on bool) (StateView, error) {
	return w.after("mirror.SetBackground", func(ctx context.Context, s *Service) error { return s.SetBackground(ctx, on) })
}

// Parting tells what disconnecting would mean now.
func (w *Window) Parting() (PartingView, error) {
	return bridge.Call(w.room, "mirror.Parting", of((*Service).parting))
}

// Disconnect forgets the token, and freezes or erases what was read. A frozen copy is erased in the same way later.
func (w *Window) Disconnect(in DisconnectInput) (StateView, error) {
	return w.after("mirror.Disconnect", func(ctx context.Context, s *Service) error {
		return s.Disconnect(ctx, in.Password, in.Erase)
	})
}

// Organizations lists the organizations at Infomaniak with what they are here.
func (w *Window) Organizations() (OrganizationsView, error) {
	return bridge.Call(w.room, "mirror.Organizations", of((*Service).organizations))
}

// Choose says what organizations at Infomaniak shall be here.
func (w *Window) Choose(choices []ChoiceInput) (OrganizationsView, error) {
	return bridge.Call(w.room, "mirror.Choose", func(ctx context.Context, s *Service) (OrganizationsView, error) {
		if err := s.Choose(ctx, choices); err != nil {
			return OrganizationsView{}, err
		}
		return s.organizations(ctx)
	})
}

// TakeOver lets a field of a linked organization, of DifferenceView.Field, say what it says at Infomaniak. read is its
// DifferenceView.Here.
func (w *Window) TakeOver(account, field, read string) (OrganizationsView, error) {
	return bridge.Call(w.room, "mirror.TakeOver", func(ctx context.Context, s *Service) (OrganizationsView, error) {
		if err := s.TakeOver(ctx, account, field, read); err != nil {
			return OrganizationsView{}, err
		}
		return s.organizations(ctx)
	})
}

// Products lists the products.
func (w *Window) Products() (ProductsView, error) {
	return bridge.Call(w.room, "mirror.Products", of((*Service).products))
}

// Domains lists the domains.
func (w *Window) Domains() (DomainsView, error) {
	return bridge.Call(w.room, "mirror.Domains", of((*Service).domains))
}

// Members lists the people of an organization at Infomaniak; of all that were read if account is "".
func (w *Window) Members(account string) (MembersView, error) {
	return bridge.Call(w.room, "mirror.Members", func(ctx context.Context, s *Service) (MembersView, error) { return s.members(ctx, account) })
}

// Teams lists the teams of an organization at Infomaniak; of all that were read if account is "".
func (w *Window) Teams(account string) (TeamsView, error) {
	return bridge.Call(w.room, "mirror.Teams", func(ctx context.Context, s *Service) (TeamsView, error) { return s.teams(ctx, account) })
}

// Sessions lists the sign-ins and devices of the person at Infomaniak, and those that were there lately.
func (w *Window) Sessions() (SessionsView, error) {
	return bridge.Call(w.room, "mirror.Sessions", of((*Service).sessions))
}

// MarkSession notes that the Manager was opened to end a sign-in ("to_end"), or that it is the person's own ("mine"); ""
// takes the note away.
func (w *Window) MarkSession(id, mark string) (SessionsView, error) {
	return bridge.Call(w.room, "mirror.MarkSession", func(ctx context.Context, s *Service) (SessionsView, error) {
		if err := s.MarkSession(ctx, id, mark); err != nil {
			return SessionsView{}, err
		}
		return s.sessions(ctx)
	})
}

// Drives lists the drives.
func (w *Window) Drives() (DrivesView, error) {
	return bridge.Call(w.room, "mirror.Drives", of((*Service).drives))
}

// SetDrive says whether the activity of a drive is read. Switched off, what was read of it is erased.
func (w *Window) SetDrive(id string, on bool) (DrivesView, error) {
	return bridge.Call(w.room, "mirror.SetDrive", func(ctx context.Context, s *Service) (DrivesView, error) {
		if err := s.SetDrive(ctx, id, on); err != nil {
			return DrivesView{}, err
		}
		return s.drives(ctx)
	})
}

// Ends lists every end that Infomaniak has told, soonest first.
func (w *Window) Ends() ([]ExpiryView, error) {
	return bridge.Call(w.room, "mirror.Ends", of((*Service).ends))
}

// Requests lists the requests of the last week, newest first, at most 200.
func (w *Window) Requests() ([]RequestView, error) {
	return bridge.Call(w.room, "mirror.Requests", of((*Service).requests))
}

// Probe starts to ask 12 routes, and one change that changes nothing and is only tried ("dry_run"), for a report of what
// a real account answers. See ProbeReport.
func (w *Window) Probe() (bridge.JobView, error) {
	return bridge.Call(w.room, "mirror.Probe", func(ctx context.Context, s *Service) (bridge.JobView, error) {
		if err := s.mayProbe(ctx); err != nil {
			return bridge.JobView{}, err
		}
		return bridge.Start(ctx, w.room.Shell().Jobs, "mirror.Probe", s.probe), nil
	})
}

// ProbeReport is what a job of Probe found: names and types of fields, no value.
func (w *Window) ProbeReport(job string) (ReportView, error) {
	return bridge.Call(w.room, "mirror.ProbeReport", func(ctx context.Context, _ *Service) (ReportView, error) {
		return bridge.ResultOf[ReportView](ctx, w.room.Shell().Jobs, job)
	})
}

// of turns a method of the service into what a call runs.
func of[T any](method func(*Service, context.Context) (T, error)) func(context.Context, *Service) (T, error) {
	return func(ctx context.Context, s *Service) (T, error) { return method(s, ctx) }
}

func (w *Window) after(name string, act func(context.Context, *Service) error) (StateView, error) {
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (StateView, error) {
		if err := act(ctx, s); err != nil {
			return StateView{}, err
		}
		return s.state(ctx)
	})
}
