package bridge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
)

type heard struct {
	mu    sync.Mutex
	views []JobView
}

func (h *heard) emit(_ string, data ...any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.views = append(h.views, data[0].(JobView))
}

func (h *heard) last() JobView {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.views) == 0 {
		return JobView{}
	}
	return h.views[len(h.views)-1]
}

func as(account string) context.Context {
	return access.With(context.Background(), access.Actor{AccountID: account, Role: access.Administrator})
}

func TestAJobTellsHowFarItIsAndKeepsItsResult(t *testing.T) {
	h := &heard{}
	js := &Jobs{emit: h.emit}
	v := Start(as("a"), js, "test", func(ctx context.Context, progress func(done, total int64)) (string, error) {
		if access.From(ctx).AccountID != "a" {
			t.Error("the job does not act for who started it")
		}
		progress(1, 4)
		progress(2, 4) // too soon after the first to be told
		return "result", nil
	})
	js.wg.Wait()
	if len(h.views) != 2 || h.views[0].Done != 1 || h.last().State != jobDone || h.last().Done != 2 || h.last().ID != v.ID {
		t.Errorf("heard %+v", h.views)
	}
	if got, err := ResultOf[string](as("a"), js, v.ID); got != "result" || err != nil {
		t.Error(got, err)
	}
	if _, err := ResultOf[int](as("a"), js, v.ID); fault.CodeOf(err) != fault.NotFound {
		t.Error("a result of another type:", err)
	}
	for _, other := range []string{"b", ""} {
		if _, err := ResultOf[string](as(other), js, v.ID); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%q sees the job of a: %v", other, err)
		}
	}
}

func TestACanceledJobStops(t *testing.T) {
	h := &heard{}
	js := &Jobs{emit: h.emit}
	v := Start(as("a"), js, "test", func(ctx context.Context, _ func(done, total int64)) (int, error) {
		<-ctx.Done()
		return 0, fault.Wrap(ctx.Err(), fault.Canceled, "")
	})
	j, err := js.find(as("a"), v.ID)
	if err != nil {
		t.Fatal(err)
	}
	j.cancel()
	js.wg.Wait()
	if h.last().State != jobCanceled {
		t.Errorf("%+v", h.last())
	}
	if _, err := ResultOf[int](as("a"), js, v.ID); fault.CodeOf(err) != fault.NotFound {
		t.Error(err)
	}
}

func TestClosingTheWorkspaceStopsItsJobs(t *testing.T) {
	js := &Jobs{emit: (&heard{}).emit}
	undone := false
	Start(as("a"), js, "test", func(ctx context.Context, _ func(done, total int64)) (int, error) {
		<-ctx.Done()
		time.Sleep(10 * time.Millisecond)
		undone = true
		return 0, ctx.Err()
	})
	js.Stop()
	if !undone {
		t.Error("stop did not wait")
	}
}

func TestAFailedOrPanickingJobSaysSo(t *testing.T) {
	h := &heard{}
	js := &Jobs{emit: h.emit}
	Start(as("a"), js, "test", func(context.Context, func(done, total int64)) (int, error) {
		return 0, fault.New(fault.Unavailable, "disk_full")
	})
	js.wg.Wait()
	if v := h.last(); v.State != jobFailed || !strings.Contains(v.Fault, "disk_full") {
		t.Errorf("%+v", v)
	}
	Start(as("a"), js, "test", func(context.Context, func(done, total int64)) (int, error) { panic("on purpose") })
	js.wg.Wait()
	if v := h.last(); v.State != jobFailed || !strings.Contains(v.Fault, "internal") || strings.Contains(v.Fault, "purpose") {
		t.Errorf("%+v", v)
	}
}

func TestOldJobsAreForgottenRunningOnesAreNot(t *testing.T) {
	js := &Jobs{emit: (&heard{}).emit}
	release := make(chan struct{})
	first := Start(as("a"), js, "test", func(context.Context, func(done, total int64)) (int, error) { <-release; return 7, nil })
	for range 3 * maxEndedJobs {
		v := Start(as("a"), js, "test", func(context.Context, func(done, total int64)) (int, error) { return 0, nil })
		for {
			if j, err := js.find(as("a"), v.ID); err != nil || j.view().State == jobDone {
				break
			}
			time.Sleep(time.Millisecond)
		}
	}
	close(release)
	js.wg.Wait()
	if got, err := ResultOf[int](as("a"), js, first.ID); got != 7 || err != nil {
		t.Error(got, err)
	}
	if len(js.all) > maxEndedJobs {
		t.Errorf("%d jobs are kept", len(js.all))
	}
}

// Whoever started a job may look elsewhere when it fails.
func TestAFailedJobIsInTheLogWithItsCause(t *testing.T) {
	var out bytes.Buffer
	js := &Jobs{emit: (&heard{}).emit, log: slog.New(slog.NewTextHandler(&out, nil))}
	Start(as("a"), js, "activity.Export", func(context.Context, func(done, total int64)) (string, error) {
		return "", fmt.Errorf("export: %w", errors.New("the disk is gone"))
	})
	js.Stop()
	if said := out.String(); !strings.Contains(said, "activity.Export") || !strings.Contains(said, "the disk is gone") {
		t.Errorf("%q", said)
	}
}
