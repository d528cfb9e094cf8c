package client

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
)

// Target is how a file is to be saved.
type Target struct {
	Title string `json:"title"` // of the dialog
	Name  string `json:"name"`  // of the file, without its ending
}

func (t Target) signed() bridge.SaveDialog {
	return bridge.SaveDialog{Title: t.Title, Name: t.Name + "." + FileEnding, Filter: "Kontor", Ending: FileEnding}
}

// SaveInvitation asks where to and writes the invitation of a client. It returns the file's name; "" if none was chosen,
// and then no client was invited.
func (w *Window) SaveInvitation(id string, version int, to Target) (string, error) {
	return w.saveSigned("client.SaveInvitation", (*Service).MayInvite, to, func(ctx context.Context, s *Service) ([]byte, error) {
		return s.Invite(ctx, id, version)
	})
}

// SendInvitation puts the invitation of a client into the queue of e-mails, in the words given.
func (w *Window) SendInvitation(id string, version int, to, subject, text string) (View, error) {
	return w.change("client.SendInvitation", id, func(ctx context.Context, s *Service) error {
		return s.InviteByMail(ctx, id, version, Mail{To: to, Subject: subject, Text: text})
	})
}

// OpenSigned checks a signed file (base64) and shows what is in it; nothing is recorded yet.
func (w *Window) OpenSigned(file string) (SignedView, error) {
	return bridge.Call(w.room, "client.OpenSigned", func(ctx context.Context, s *Service) (SignedView, error) {
		if _, err := access.Require(ctx, access.ViewOrganization); err != nil {
			return SignedView{}, err
		}
		data, err := uploaded(file)
		if err != nil {
			return SignedView{}, err
		}
		m, err := OpenSigned(data)
		if err != nil {
			return SignedView{}, err
		}
		if m.Reply != nil {
			r, err := s.LookAtReply(ctx, data)
			return r.view(), err
		}
		a, err := s.LookAtInvitation(ctx, data)
		return a.view(), err
	})
}

// Reply asks where to, answers an invitation (base64) with rights, or refuses it, and writes the signed reply. It
// returns the file's name; "" if none was chosen, and then nothing was answered.
func (w *Window) Reply(file string, refuse bool, rights Rights, to Target) (string, error) {
	may := func(s *Service, ctx context.Context) error {
		if err := s.MayReply(ctx); err != nil || refuse {
			return err
		}
		granted := rights
		return granted.Validate() // before a place for the file is asked for
	}
	return w.saveSigned("client.Reply", may, to, func(ctx context.Context, s *Service) ([]byte, error) {
		data, err := uploaded(file)
		if err != nil {
			return nil, err
		}
		if refuse {
			return s.Reply(ctx, data, nil)
		}
		return s.Reply(ctx, data, &rights)
	})
}

// SaveReply writes a reply once more that was given before.
func (w *Window) SaveReply(invitation string, to Target) (string, error) {
	return bridge.Save(w.room, "client.SaveReply", to.signed(), func(ctx context.Context, s *Service) ([]byte, error) {
		return s.ReplyAgain(ctx, invitation)
	})
}

// TakeReply records what a signed reply (base64) says and returns the client's id.
func (w *Window) TakeReply(file string) (string, error) {
	return bridge.Call(w.room, "client.TakeReply", func(ctx context.Context, s *Service) (string, error) {
		data, err := uploaded(file)
		if err != nil {
			return "", err
		}
		return s.TakeReply(ctx, data)
	})
}

// Partners lists the partners whose invitations the organization has answered.
func (w *Window) Partners() ([]PartnerView, error) {
	return bridge.Call(w.room, "client.Partners", func(ctx context.Context, s *Service) ([]PartnerView, error) {
		list, err := s.Partners(ctx)
		views := []PartnerView{}
		for _, p := range list {
			views = append(views, p.view())
		}
		return views, err
	})
}

// saveSigned asks where to before the message is made: an invitation or a reply is recorded when it is signed, so one
// that nobody keeps must not be. Whoever may not sign is refused before a dialog opens that would lead nowhere.
func (w *Window) saveSigned(name string, may func(*Service, context.Context) error, to Target, sign func(context.Context, *Service) ([]byte, error)) (string, error) {
	if err := bridge.Do(w.room, name, func(ctx context.Context, s *Service) error { return may(s, ctx) }); err != nil {
		return "", err
	}
	path, err := w.room.AskSave(to.signed())
	if err != nil || path == "" {
		return "", err
	}
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (string, error) {
		data, err := sign(ctx, s)
		if err != nil {
			return "", err
		}
		return bridge.Write(path, data)
	})
}

// uploaded reads a signed file that the window has sent.
func uploaded(file string) ([]byte, error) {
	data, err := bridge.File(file, MaxSigned)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, ReasonUnknownMessage)
	}
	return data, nil
}

// ExportInput is how a file of clients is to be written.
type ExportInput struct {
	Target   Target `json:"target"`
	Language string `json:"language"` // tag of who reads it
	Kind     string `json:"kind"`     // csv, xlsx
	What     string `json:"what"`     // clients: their records; rights: who granted what; orders: what was ordered and what it brought
}

// Export asks where to and writes one client, or with id "" all of them, as CSV or XLSX. It returns the file's name; "" if
// none was chosen.
func (w *Window) Export(id string, in ExportInput) (string, error) {
	f := exportFile{kind: in.Kind, what: in.What, book: words.For(words.Parse(in.Language))}
	if err := bridge.Do(w.room, "client.Export", func(ctx context.Context, s *Service) error {
		if err := s.MayExport(ctx); err != nil {
			return err
		}
		return f.validate()
	}); err != nil {
		return "", err
	}
	path, err := w.room.AskSave(f.dialog(in.Target))
	if err != nil || path == "" {
		return "", err
	}
	return bridge.Call(w.room, "client.Export", func(ctx context.Context, s *Service) (string, error) {
		all, err := s.Export(ctx, id)
		if err != nil {
			return "", err
		}
		f.zone, f.files = s.clock.Location(ctx), all.Files
		if f.owner, err = s.names.CurrentName(ctx); err != nil {
			return "", err
		}
		data, err := f.write(all.Clients, all.Orders)
		if err != nil {
			return "", err
		}
		return bridge.Write(path, data)
	})
}
