package mirror

// ZoneView is one DNS zone at Infomaniak.
type ZoneView struct {
	Zone      string    `json:"zone"`   // e.g. "example.org"
	Domain    string    `json:"domain"` // whose zone it is
	Stand     StandView `json:"stand"`
	Records   int       `json:"records"` // in the newest snapshot
	Snapshots int       `json:"snapshots"`
	LatestAt  string    `json:"latestAt"` // of the newest snapshot; "" if there is none
	OnTheWay  int       `json:"onTheWay"` // edits that are not at their end
}

// ZonesView are the zones that the token may read.
type ZonesView struct {
	Connected bool       `json:"connected"`
	Stand     StandView  `json:"stand"`
	Daily     bool       `json:"daily"` // a snapshot of each zone is taken once a day while Kontor is open
	Zones     []ZoneView `json:"zones"`
}

// SnapshotView is a zone as it was read at one moment. Equal readings are one snapshot, seen until SeenAt.
type SnapshotView struct {
	ID      string `json:"id"`
	Zone    string `json:"zone"`
	TakenAt string `json:"takenAt"`
	SeenAt  string `json:"seenAt"`
	Why     string `json:"why"` // daily, asked, before_change, after_change
	Records int    `json:"records"`
	Changes int    `json:"changes"` // records that differ from the snapshot before; -1 for the first
}

// RecordView is one record of a zone.
type RecordView struct {
	ID     string   `json:"id"`     // at Infomaniak; "" where it is not there
	Source string   `json:"source"` // name before the zone; "" or "@" is the zone itself
	Type   string   `json:"type"`
	Target string   `json:"target"`
	TTL    int      `json:"ttl"` // seconds
	Edit   EditView `json:"edit"`
}

// SnapshotRecords is a snapshot with its records.
type SnapshotRecords struct {
	Snapshot SnapshotView `json:"snapshot"`
	Records  []RecordView `json:"records"`
}

// ChangeView is one difference between two snapshots. Key names it for PutBack.
type ChangeView struct {
	Key    string     `json:"key"`
	Kind   string     `json:"kind"` // added, removed, changed: on the way from the older to the newer
	Before RecordView `json:"before"`
	After  RecordView `json:"after"`
}

// ComparisonView is what differs between two snapshots of a zone.
type ComparisonView struct {
	Older   SnapshotView `json:"older"`
	Newer   SnapshotView `json:"newer"`
	Changes []ChangeView `json:"changes"`
	Same    int          `json:"same"` // records that are in both
}

// RecordChange adds, changes or removes a record. Read is what stood on the page; another reading meanwhile answers
// conflict/changed_meanwhile.
type RecordChange struct {
	Zone   string     `json:"zone"`
	Act    string     `json:"act"` // add, set, remove
	ID     string     `json:"id"`  // "" to add
	Source string     `json:"source"`
	Type   string     `json:"type"`
	Target string     `json:"target"`
	TTL    string     `json:"ttl"` // as typed, seconds
	Read   RecordRead `json:"read"`
}

// RecordRead is a record as it stood on the page.
type RecordRead struct {
	Source string `json:"source"`
	Type   string `json:"type"`
	Target string `json:"target"`
	TTL    int    `json:"ttl"`
}
