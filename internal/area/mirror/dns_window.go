package mirror

import (
	"context"

	"kontor/internal/host/bridge"
)

// DNSWindow is what the page may call to keep DNS zones: snapshots, what changed between them, zone files, and records
// put back or edited. What is changed at Infomaniak is an edit, see EditWindow.
type DNSWindow struct{ room bridge.Room[*Edits] }

// NewDNSWindow leads the page to the edits of the workspace that is open.
func NewDNSWindow(room bridge.Room[*Edits]) *DNSWindow { return &DNSWindow{room} }

// Zones lists the zones of the domains that were read, with what is kept of them. It asks nothing of the network.
func (w *DNSWindow) Zones() (ZonesView, error) {
	return bridge.Call(w.room, "mirror.Zones", func(ctx context.Context, e *Edits) (ZonesView, error) { return e.Zones(ctx) })
}

// SetDaily says whether each zone is read once a day while Kontor is open. It is off until the person wishes it.
func (w *DNSWindow) SetDaily(on bool) error {
	return bridge.Do(w.room, "mirror.SetDaily", func(ctx context.Context, e *Edits) error { return e.SetDaily(ctx, on) })
}

// Keep takes a snapshot of a zone, or of all if zone is "", as a job whose result is the number of zones that were read.
func (w *DNSWindow) Keep(zone string) (bridge.JobView, error) {
	return bridge.Call(w.room, "mirror.Keep", func(ctx context.Context, e *Edits) (bridge.JobView, error) {
		if err := e.mayKeep(ctx); err != nil {
			return bridge.JobView{}, err
		}
		return bridge.Start(ctx, w.room.Shell().Jobs, "mirror.Keep", func(ctx context.Context, progress func(done, total int64)) (int, error) {
			return e.Keep(ctx, zone, progress)
		}), nil
	})
}

// Kept is how many zones a job of Keep has read.
func (w *DNSWindow) Kept(job string) (int, error) {
	return bridge.Call(w.room, "mirror.Kept", func(ctx context.Context, _ *Edits) (int, error) {
		return bridge.ResultOf[int](ctx, w.room.Shell().Jobs, job)
	})
}

// Snapshots lists what is kept of a zone, newest first.
func (w *DNSWindow) Snapshots(zone string) ([]SnapshotView, error) {
	return bridge.Call(w.room, "mirror.Snapshots", func(ctx context.Context, e *Edits) ([]SnapshotView, error) {
		return e.Snapshots(ctx, zone)
	})
}

// Records are those of a snapshot, with the edits on their way if it is the zone's newest.
func (w *DNSWindow) Records(snapshot string) (SnapshotRecords, error) {
	return bridge.Call(w.room, "mirror.Records", func(ctx context.Context, e *Edits) (SnapshotRecords, error) {
		return e.Records(ctx, snapshot)
	})
}

// Compare tells what differs between two snapshots of one zone, in whichever order they are named.
func (w *DNSWindow) Compare(one, other string) (ComparisonView, error) {
	return bridge.Call(w.room, "mirror.Compare", func(ctx context.Context, e *Edits) (ComparisonView, error) {
		return e.Compare(ctx, one, other)
	})
}

// ExportZone writes a snapshot as a zone file (RFC 1035 master file). It returns the file's name; "" if none was chosen.
func (w *DNSWindow) ExportZone(snapshot string, to bridge.Target) (string, error) {
	d := bridge.SaveDialog{Title: to.Title, Name: to.Name, Filter: "Zone file", Ending: "zone"}
	return bridge.Export(w.room, "mirror.ExportZone", d,
		func(ctx context.Context, e *Edits) ([]byte, error) { return e.ZoneFile(ctx, snapshot) },
		func(ctx context.Context, e *Edits) error { return e.tellExport(ctx, snapshot) })
}

// ChangeRecord notes that a record is added, changed or removed at Infomaniak. The zone is read before anything is sent.
func (w *DNSWindow) ChangeRecord(in RecordChange) error {
	return bridge.Do(w.room, "mirror.ChangeRecord", func(ctx context.Context, e *Edits) error { return e.ChangeRecord(ctx, in) })
}

// PutBack notes edits that bring records of the zone back to how they were in a snapshot: the chosen keys of
// Compare(snapshot, newest). It returns how many edits that makes; all of them or none are noted.
func (w *DNSWindow) PutBack(snapshot string, keys []string) (int, error) {
	return bridge.Call(w.room, "mirror.PutBack", func(ctx context.Context, e *Edits) (int, error) { return e.PutBack(ctx, snapshot, keys) })
}
