package transfer

import (
	"context"
	"time"

	"kontor/internal/core/waiting"
	"kontor/internal/host/bridge"
)

// There is what Infomaniak tells of a domain: what its registry says about it, in EPP words as pendingTransfer. It stands
// beside the stage that is kept here and changes nothing of it.
type There struct {
	Words []string
	At    time.Time // when it was read; zero: nothing was
	Stale bool      // too long ago, or nothing newer can be read
}

// Register tells what was read at Infomaniak of domains, by name in ASCII. Whoever has no connection gets nothing.
type Register func(ctx context.Context) (map[string]There, error)

// there is what was read at Infomaniak of the domain of a transfer.
func (s *Service) there(ctx context.Context, domain string) (There, error) {
	if s.registry == nil {
		return There{}, nil
	}
	read, err := s.registry(ctx)
	return read[domain], waiting.Visible(err)
}

// ThereView is what Infomaniak tells of a domain.
type ThereView struct {
	Words []string `json:"words"` // of the registry; none: nothing was read, or nothing is told
	At    string   `json:"at"`    // when it was read; "" if nothing was
	Stale bool     `json:"stale"`
}

func (t There) view() ThereView {
	return ThereView{append([]string{}, t.Words...), bridge.Moment(t.At), t.Stale}
}
