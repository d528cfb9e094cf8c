package app

import (
	"context"
	"time"

	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
	"kontor/internal/host/settings"
)

// away is what is kept of the person's own workspace while the sample, or a backup, is open in its place.
type away struct {
	sessions *session.Service         // whoever was signed in is so again afterwards
	chosen   map[settings.Name]string // as the sample took it over
	account  string                   // whoever was signed in; "" for nobody
	rule     session.LockRule         // hers
	since    time.Time
	locked   bool // the window was locked meanwhile
}

// awayFrom is what is kept of a workspace that another takes the place of.
func (a *App) awayFrom(ctx context.Context, h *workspace) (own away, err error) {
	own = away{sessions: h.sessions, account: access.From(ctx).AccountID, since: a.options.Now()}
	if own.account != "" {
		own.rule, err = h.sessions.LockRule(ctx)
	}
	return own, err
}

// due tells whether the workspace comes back locked: it has not been touched for as long as its person said, or whatever was
// in its place was locked.
func (w away) due(now time.Time) bool {
	return w.locked || w.rule.Over(w.since, now)
}

// keepAway notes what is kept of the own workspace while another is in its place; before that is there, so that no locked
// screen is missed. The zero value: nothing is in its place any more.
func (a *App) keepAway(own away) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.away = own
}

func (a *App) kept() away {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.away
}

// takeUp makes whoever was signed in before the sample, or a backup, signed in again.
func (a *App) takeUp(ctx context.Context, h *workspace, own away) {
	if own.sessions == nil || h.sample {
		return
	}
	if h.way.look != nil || !own.due(a.options.Now()) {
		h.sessions.TakeUp(own.sessions)
		return
	}
	if err := h.sessions.TakeUpLocked(ctx, own.sessions); err != nil {
		a.log.Error("lock the window", "error", err) // then nobody is signed in
	}
}

// enter puts a workspace that was built in the place of the one that is open. The caller holds mu. Whatever locked the
// window since its session was taken up holds.
func (a *App) enter(ctx context.Context, h *workspace) {
	if a.workspace != nil {
		a.lockedAway(ctx, false)
	}
	a.leave()
	a.workspace, a.fault = h, nil
	if a.away.locked {
		a.takeUp(ctx, h, a.away)
	}
}

// lockedAway notes that the window is locked while another workspace is in the place of the person's own.
func (a *App) lockedAway(ctx context.Context, screen bool) {
	if a.away.sessions == nil {
		return
	}
	if screen {
		a.away.locked = a.away.locked || a.away.rule.WithScreen
		return
	}
	if _, err := a.workspace.sessions.Actor(ctx); fault.ReasonOf(err) == session.ReasonWindowLocked {
		a.away.locked = true
	}
}

// ScreenLocked is told that the screen was locked, or that the computer goes to sleep: the window is locked too, if the
// person in it wishes that. The sample has nobody whose eyes are to be kept off; whoever left for it comes back to a locked
// window.
func (a *App) ScreenLocked() {
	a.mu.Lock()
	defer a.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), bridge.Patience)
	defer cancel()
	a.lockedAway(ctx, true) // also while the own one is just being opened again
	if a.workspace == nil || a.workspace.sample {
		return
	}
	locked, err := a.workspace.sessions.LockWithScreen(ctx)
	if err != nil {
		a.log.Error("lock the window", "error", err)
	}
	if locked {
		a.shell.EmitBeside(session.Locked)
	}
}
