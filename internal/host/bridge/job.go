package bridge

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/beside"
)

// JobChanged is the event that carries a JobView whenever a job has come further or has ended.
const JobChanged = "job"

// States of a job.
const (
	jobRunning  = "running"
	jobDone     = "done"
	jobFailed   = "failed"
	jobCanceled = "canceled"
)

const (
	progressEvery = 100 * time.Millisecond // at most so often the window hears of progress
	maxEndedJobs  = 32                     // so many ended jobs keep their result
)

// JobView is the state of a job. Total is 0 while it is not known.
type JobView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`  // e.g. "activity.Export"
	State string `json:"state"` // running, done, failed, canceled
	Done  int64  `json:"done"`
	Total int64  `json:"total"`
	Fault string `json:"fault"` // why it failed, as fault JSON
}

// JobWindow tells the window about work that takes longer than a call may, and stops it.
type JobWindow struct{ room Room[*Jobs] }

// NewJobWindow is the window side of a shell's jobs.
func NewJobWindow(s *Shell) *JobWindow { return &JobWindow{To(s, func() *Jobs { return s.Jobs })} }

// Get returns a job that the person started.
func (w *JobWindow) Get(id string) (JobView, error) {
	return Call(w.room, "job.Get", func(ctx context.Context, js *Jobs) (JobView, error) {
		j, err := js.find(ctx, id)
		if err != nil {
			return JobView{}, err
		}
		return j.view(), nil
	})
}

// Cancel asks a job to stop. It has stopped when its state says so; nothing of it remains then.
func (w *JobWindow) Cancel(id string) error {
	return Do(w.room, "job.Cancel", func(ctx context.Context, js *Jobs) error {
		j, err := js.find(ctx, id)
		if err == nil {
			j.cancel()
		}
		return err
	})
}

// Jobs are the jobs of the workspace that is open.
type Jobs struct {
	emit Emit
	heed func(error) // may be nil
	log  *slog.Logger
	wg   sync.WaitGroup
	mu   sync.Mutex
	all  []*job // oldest first
}

type job struct {
	account   string
	cancel    context.CancelFunc
	mu        sync.Mutex
	state     JobView
	result    any
	lastEvent time.Time
}

func (j *job) view() JobView {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.state
}

// Start runs work beside the calls, on behalf of the person of ctx, until it ends, is canceled, or the workspace is
// closed. What it returns waits for ResultOf.
func Start[T any](ctx context.Context, js *Jobs, name string, work func(ctx context.Context, progress func(done, total int64)) (T, error)) JobView {
	actor := access.From(ctx)
	run, cancel := context.WithCancel(access.With(context.Background(), actor))
	j := &job{account: actor.AccountID, cancel: cancel}
	j.state = JobView{ID: uuid.Must(uuid.NewV7()).String(), Name: name, State: jobRunning}
	js.add(j)
	beside.In(&js.wg, js.log, "job", func() {
		defer cancel()
		result, err := protect(run, js.progress(j), work)
		js.end(j, result, err)
	})
	return j.view()
}

// protect turns a panic into an error: a goroutine that panics ends the program.
func protect[T any](ctx context.Context, progress func(done, total int64), work func(ctx context.Context, progress func(done, total int64)) (T, error)) (out T, err error) {
	defer beside.Caught(&err)
	return work(ctx, progress)
}

func (js *Jobs) progress(j *job) func(done, total int64) {
	return func(done, total int64) {
		j.mu.Lock()
		j.state.Done, j.state.Total = done, total
		now := time.Now()
		due := now.Sub(j.lastEvent) >= progressEvery
		if due {
			j.lastEvent = now
		}
		view := j.state
		j.mu.Unlock()
		if due {
			js.emit(JobChanged, view)
		}
	}
}

func (js *Jobs) end(j *job, result any, err error) {
	if js.heed != nil {
		js.heed(err)
	}
	j.mu.Lock()
	switch fault.CodeOf(err) {
	case "":
		j.state.State, j.result = jobDone, result
	case fault.Canceled:
		j.state.State = jobCanceled
	default:
		j.state.State, j.state.Fault = jobFailed, fault.JSON(err)
		if js.log != nil { // nobody may be looking when it ends
			js.log.Error("job", "name", j.state.Name, "error", err)
		}
	}
	view := j.state
	j.mu.Unlock()
	js.emit(JobChanged, view)
}

// add remembers a job and forgets the oldest of those that have ended.
func (js *Jobs) add(j *job) {
	js.mu.Lock()
	defer js.mu.Unlock()
	js.all = append(js.all, j)
	for i := 0; len(js.all) > maxEndedJobs && i < len(js.all); {
		if js.all[i].view().State == jobRunning {
			i++
			continue
		}
		js.all = append(js.all[:i], js.all[i+1:]...)
	}
}

// find returns a job of the person of ctx; anybody else's is not there.
func (js *Jobs) find(ctx context.Context, id string) (*job, error) {
	js.mu.Lock()
	defer js.mu.Unlock()
	for _, j := range js.all {
		if j.state.ID == id && j.account != "" && j.account == access.From(ctx).AccountID {
			return j, nil
		}
	}
	return nil, fault.New(fault.NotFound, "")
}

// ResultOf returns what a job that is done has returned.
func ResultOf[T any](ctx context.Context, js *Jobs, id string) (T, error) {
	var none T
	j, err := js.find(ctx, id)
	if err != nil {
		return none, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	result, ok := j.result.(T)
	if j.state.State != jobDone || !ok {
		return none, fault.New(fault.NotFound, "")
	}
	return result, nil
}

// Stop cancels every job, waits until each has undone what it had begun, and forgets them all.
func (js *Jobs) Stop() {
	js.mu.Lock()
	for _, j := range js.all {
		j.cancel()
	}
	js.mu.Unlock()
	js.wg.Wait()
	js.mu.Lock()
	js.all = nil
	js.mu.Unlock()
}
