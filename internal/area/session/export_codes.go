package session

import (
	"context"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// SaveCodes writes the recovery codes that the page was just shown to a text file that the person chooses. Only the hashes
// are kept here, so the page hands the codes back; what is no unused code of the person is NotFound. It returns the file's
// name, "" if none was chosen. The journal tells that the codes left, not what they are.
func (w *SecurityWindow) SaveCodes(codes []string, language string) (string, error) {
	book := words.For(words.Parse(language))
	title := book.T("session_codes_file_title")
	dialog := bridge.SaveDialog{Title: title, Name: title + ".txt", Filter: "Text", Ending: "txt"}
	name, err := bridge.Save(w.room, "security.SaveCodes", dialog, func(ctx context.Context, s *Service) ([]byte, error) {
		email, err := s.ownCodes(ctx, codes)
		if err != nil {
			return nil, err
		}
		lines := append([]string{title, "", book.T("session_codes_file_text", "email", email), ""}, codes...)
		return []byte(strings.Join(lines, "\r\n") + "\r\n"), nil
	})
	if err != nil || name == "" {
		return "", err
	}
	return name, bridge.Do(w.room, "security.CodesSaved", func(ctx context.Context, s *Service) error {
		if _, err := access.Require(ctx, access.OwnProfile); err != nil {
			return err
		}
		return s.db.Write(ctx, func(tx *sqlite.Tx) error {
			return s.journal.Record(ctx, tx, audit.Entry{Action: audit.DataExported, Product: audit.Account, ObjectName: "recovery_codes"})
		})
	})
}

// ownCodes returns the login e-mail of the person who is signed in, if the codes are hers and unused.
func (s *Service) ownCodes(ctx context.Context, codes []string) (email string, err error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return "", err
	}
	if len(codes) == 0 || len(codes) > RecoveryCodes {
		return "", fault.New(fault.NotFound, "")
	}
	return email, s.db.View(ctx, func(q sqlite.Queryer) error {
		for _, code := range codes {
			known, err := sqlite.One(ctx, q, sqlite.Value[bool],
				"SELECT EXISTS (SELECT 1 FROM recovery_code WHERE account_id = ? AND hash = ? AND used_at IS NULL)", actor.AccountID, hashCode(actor.AccountID, code))
			if err != nil {
				return err
			}
			if !known {
				return fault.New(fault.NotFound, "")
			}
		}
		email, err = s.accounts.LoginEmail(ctx, q, actor.AccountID)
		return err
	})
}
