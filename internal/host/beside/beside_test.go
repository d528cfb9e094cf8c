package beside_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"kontor/internal/core/fault"
	"kontor/internal/host/beside"
)

func TestAPanicBesideACallEndsNothingElse(t *testing.T) {
	var written strings.Builder
	log := slog.New(slog.NewTextHandler(&written, nil))
	var all sync.WaitGroup
	beside.In(&all, log, "mirror", func() { panic("row 7") })
	beside.In(&all, log, "mail", func() {})
	all.Wait()
	if got := written.String(); !strings.Contains(got, "msg=mirror") || !strings.Contains(got, "panic: row 7") || !strings.Contains(got, "beside_test.go") || strings.Contains(got, "msg=mail") {
		t.Errorf("the log: %s", got)
	}
	gone := make(chan struct{})
	beside.Go(slog.New(slog.DiscardHandler), "sso", func() { defer close(gone); panic("x") })
	<-gone
}

func TestATriedPanicIsAnError(t *testing.T) {
	if err := beside.Try(func() error { none := [][]int{{}}; return fmt.Errorf("%d", none[0][len(none)]) }); fault.CodeOf(err) != fault.Internal || !strings.Contains(err.Error(), "out of range") {
		t.Errorf("%v", err)
	}
	own := errors.New("own")
	if err := beside.Try(func() error { return own }); !errors.Is(err, own) {
		t.Errorf("%v", err)
	}
}
