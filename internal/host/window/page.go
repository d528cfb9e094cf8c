package window

import (
	"log/slog"
	"sync"
	"time"

	"kontor/internal/host/beside"
)

// A page that ends more often than this within a while is not loaded again unasked: it would end again.
const (
	revivals     = 3
	revivalWhile = time.Minute
)

// reviver loads the page again when the process that shows it has ended by itself: it was killed, or it crashed, or
// there was no memory for it. Nothing but what was being typed is lost: all data is in this process and in its file.
type reviver struct {
	log *slog.Logger
	now func() time.Time

	ask  func() bool // whether to try once more; waits for the person
	load func()      // set by whoever watches the page

	mu    sync.Mutex
	ended []time.Time // within the last while
}

func newReviver(log *slog.Logger, ask func() bool) *reviver {
	return &reviver{log: log, now: time.Now, ask: ask}
}

// died is told that the page's process has ended, and says whether to load the page again at once. If it has ended too
// often, the person is asked beside it, and the page loaded if they want it.
func (r *reviver) died(reason string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	recent := r.ended[:0]
	for _, at := range r.ended {
		if now.Sub(at) < revivalWhile {
			recent = append(recent, at)
		}
	}
	r.ended = append(recent, now)
	again := len(r.ended) <= revivals
	r.log.Error("the page's process has ended", "reason", reason, "loaded_again", again)
	if !again {
		beside.Go(r.log, "page", r.asked) // the caller is the thread that has to draw the question
	}
	return again
}

func (r *reviver) asked() {
	if !r.ask() {
		return
	}
	r.mu.Lock()
	r.ended = nil
	r.mu.Unlock()
	r.load()
}

// endedTooOften says so where the page's own texts cannot be had. No per cent sign: GTK takes it for a place holder.
func endedTooOften(language string) string {
	switch language {
	case "it":
		return "La pagina di Kontor si è chiusa più volte in un minuto. I dati sono al sicuro. Caricarla di nuovo?"
	case "es":
		return "La página de Kontor se ha cerrado varias veces en un minuto. Los datos están a salvo. ¿Cargarla de nuevo?"
	case "fr":
		return "La page de Kontor s’est arrêtée plusieurs fois en une minute. Les données sont intactes. La recharger ?"
	case "de":
		return "Die Seite von Kontor ist in einer Minute mehrmals abgestürzt. Die Daten sind erhalten. Noch einmal laden?"
	}
	return "Kontor’s page has ended several times within a minute. No data is lost. Load it again?"
}
