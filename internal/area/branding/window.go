package branding

import (
	"context"

	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/picture"
)

// Window is what the page may call to prepare what an organization shows of itself in the Manager, in kDrive and in Mail.
type Window struct{ room bridge.Room[*Service] }

// NewWindow wires a Window.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// Changed is the event that tells the frame to show the organization anew.
const Changed = "branding"

// State returns what is set and what is being prepared.
func (w *Window) State() (StateView, error) {
	return w.after("branding.State", func(context.Context, *Service) error { return nil })
}

// Shown returns the pictures that stand for the organization; "" means initials, and none.
func (w *Window) Shown() (ShownView, error) {
	return bridge.Call(w.room, "branding.Shown", func(ctx context.Context, s *Service) (ShownView, error) {
		l, err := s.Shown(ctx)
		return ShownView{l.Shown(Square), l.Shown(Rectangular)}, err
	})
}

// Bring puts a picture file, in base64, into a place. With makeRoom, what the rules forbid beside it gives way.
func (w *Window) Bring(step int, slot, name, data string, makeRoom bool) (StateView, error) {
	return w.after("branding.Bring", func(ctx context.Context, b *Service) error {
		file, err := picture.FromText(data)
		if err != nil {
			return err
		}
		return b.Bring(ctx, step, Slot(slot), name, file, makeRoom)
	})
}

// Show fills the square with the initials or with the logo that is kept aside.
func (w *Window) Show(step int, content string, makeRoom bool) (StateView, error) {
	return w.after("branding.Show", func(ctx context.Context, b *Service) error {
		return b.Show(ctx, step, Content(content), makeRoom)
	})
}

// Remove takes the picture out of a place.
func (w *Window) Remove(step int, slot string) (StateView, error) {
	return w.after("branding.Remove", func(ctx context.Context, b *Service) error {
		return b.Remove(ctx, step, Slot(slot))
	})
}

// Repair repairs the picture in a place.
func (w *Window) Repair(step int, slot, repair string) (StateView, error) {
	return w.after("branding.Repair", func(ctx context.Context, b *Service) error {
		return b.Repair(ctx, step, Slot(slot), Repair(repair))
	})
}

// Undo takes the last step back.
func (w *Window) Undo(step int) (StateView, error) {
	return w.after("branding.Undo", func(ctx context.Context, b *Service) error { return b.Undo(ctx, step) })
}

// Revert makes the draft what is set.
func (w *Window) Revert(step int) (StateView, error) {
	return w.after("branding.Revert", func(ctx context.Context, b *Service) error { return b.Revert(ctx, step) })
}

// MarkSet notes that the draft now stands in the Manager.
func (w *Window) MarkSet(step int) (StateView, error) {
	v, err := w.after("branding.MarkSet", func(ctx context.Context, b *Service) error { return b.MarkSet(ctx, step) })
	if err == nil {
		w.room.Shell().Emit(Changed)
	}
	return v, err
}

// TakeSetBack takes the note that the draft stands in the Manager back.
func (w *Window) TakeSetBack() (StateView, error) {
	v, err := w.after("branding.TakeSetBack", func(ctx context.Context, b *Service) error { return b.TakeSetBack(ctx) })
	if err == nil {
		w.room.Shell().Emit(Changed)
	}
	return v, err
}

// Approve records who approved the draft, and on which day (2026-11-28).
func (w *Window) Approve(step int, person, on string) (StateView, error) {
	return w.after("branding.Approve", func(ctx context.Context, b *Service) error { return b.Approve(ctx, step, person, on) })
}

// SetGround says which colour (#rrggbb) a ground of the previews really has; "" goes back to Kontor's own.
func (w *Window) SetGround(theme, place, color string) (StateView, error) {
	return w.after("branding.SetGround", func(ctx context.Context, b *Service) error {
		return b.SetGround(ctx, Theme(theme), Place(place), color)
	})
}

// SetLimits changes what is assumed about the service.
func (w *Window) SetLimits(l Limits) (StateView, error) {
	return w.after("branding.SetLimits", func(ctx context.Context, b *Service) error {
		return b.SetLimits(ctx, l)
	})
}

// Ready lists the files that the draft would be exported as.
func (w *Window) Ready() ([]ReadyView, error) {
	return bridge.Call(w.room, "branding.Ready", func(ctx context.Context, s *Service) ([]ReadyView, error) {
		files, err := s.Ready(ctx)
		list := make([]ReadyView, len(files))
		for i, f := range files {
			list[i] = ReadyView{f.Name, string(f.Slot), f.Density, f.Width, f.Height, len(f.Data), f.SHA256}
		}
		return list, err
	})
}

// SaveReady asks for a place and writes one of the ready files there. It returns the file's name, "" if the person
// thought better of it.
func (w *Window) SaveReady(name, title string) (string, error) {
	dialog := bridge.SaveDialog{Title: title, Name: name, Filter: "PNG", Ending: "png"}
	saved, err := bridge.Save(w.room, "branding.SaveReady", dialog, func(ctx context.Context, s *Service) ([]byte, error) {
		return s.ReadyFile(ctx, name)
	})
	if err != nil || saved == "" {
		return "", err
	}
	return saved, bridge.Do(w.room, "branding.Exported", func(ctx context.Context, s *Service) error { return s.Exported(ctx, name) })
}

// SaveSheet makes the sheet for an approval, asks for a place and writes it there. It approves nothing.
func (w *Window) SaveSheet(language, title string) (string, error) {
	sheet, err := bridge.Call(w.room, "branding.Sheet", func(ctx context.Context, s *Service) (Sheet, error) {
		return s.Sheet(ctx, words.Parse(language))
	})
	if err != nil {
		return "", err
	}
	dialog := bridge.SaveDialog{Title: title, Name: sheet.Name, Filter: "PDF", Ending: "pdf"}
	name, err := bridge.Save(w.room, "branding.SaveSheet", dialog, func(context.Context, *Service) ([]byte, error) { return sheet.Data, nil })
	if err != nil || name == "" {
		return "", err
	}
	return name, bridge.Do(w.room, "branding.Exported", func(ctx context.Context, s *Service) error { return s.Exported(ctx, sheet.Name) })
}

// Compare tells whether a file, in base64, is what was approved last.
func (w *Window) Compare(data string) (MatchView, error) {
	return bridge.Call(w.room, "branding.Compare", func(ctx context.Context, s *Service) (MatchView, error) {
		file, err := picture.FromText(data)
		if err != nil {
			return MatchView{}, err
		}
		match, name, err := s.Compare(ctx, file)
		return MatchView{string(match), name}, err
	})
}

// after runs an act and returns what the page shows then.
func (w *Window) after(name string, act func(ctx context.Context, b *Service) error) (StateView, error) {
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (StateView, error) {
		if err := act(ctx, s); err != nil {
			return StateView{}, err
		}
		st, err := s.State(ctx)
		return stateView(st), err
	})
}
