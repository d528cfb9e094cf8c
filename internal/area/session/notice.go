package session

import (
	"context"

	"kontor/internal/host/sqlite"
)

// NoticeKind is what a person is told of.
type NoticeKind string

// The kinds of notices.
const (
	NoticeSuccess NoticeKind = "sign_in"
	NoticeFailure NoticeKind = "sign_in_failed"
	NoticeLocked  NoticeKind = "account_locked"
)

// Notifier tells a person, by mail or on the desktop. It is asked in the transaction of the event, so that a notice is
// owed exactly if the event happened.
type Notifier interface {
	Owe(ctx context.Context, tx *sqlite.Tx, accountID string, kind NoticeKind, d Device) error
}

func (s *Service) notify(ctx context.Context, tx *sqlite.Tx, accountID string, kind NoticeKind, wanted bool) error {
	if !wanted || s.notifier == nil {
		return nil
	}
	return s.notifier.Owe(ctx, tx, accountID, kind, s.device)
}
