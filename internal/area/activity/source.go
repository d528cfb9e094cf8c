package activity

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/text"
	"kontor/internal/host/audit"
)

// source is a service whose logs are known by their columns.
type source struct {
	name    string
	has     []string // columns, by plainName, that its logs have
	columns map[Field][]string
	product audit.Product // "" for the service's name
	utc     bool          // writes moments without a zone, in UTC
}

// sources are the known services, as their own documentation describes what they write.
var sources = []source{
	{
		name: "GitHub", has: []string{"action", "actor", "org"},
		columns: map[Field][]string{
			FieldMoment: {"created_at", "timestamp"}, FieldAccount: {"actor"}, FieldAction: {"action"},
			FieldObject: {"repo", "team", "user", "name", "org"}, FieldObjectID: {"document_id"},
		},
	},
	{
		name: "Google Workspace", has: []string{"id_time", "events_name"},
		columns: map[Field][]string{
			FieldMoment: {"id_time"}, FieldAccount: {"actor_email", "actor_profileid"}, FieldAction: {"events_name"},
			FieldObject: {"id_applicationname"}, FieldObjectID: {"id_uniquequalifier"}, FieldNew: {"events_parameters"},
		},
	},
	{
		name: "Google Workspace", has: []string{"event", "description", "actor", "date"},
		columns: map[Field][]string{
			FieldMoment: {"date"}, FieldAccount: {"actor"}, FieldAction: {"event"}, FieldObject: {"resource", "resource_title", "title"}, FieldNew: {"description"},
		},
	},
	{
		name: "Microsoft 365", has: []string{"creationtime", "operation", "userid"}, utc: true,
		columns: map[Field][]string{
			FieldMoment: {"creationtime"}, FieldAccount: {"userid"}, FieldAction: {"operation"}, FieldObject: {"objectid", "workload"},
			FieldObjectID: {"id"}, FieldResult: {"resultstatus"},
		},
	},
	{
		name: "Microsoft 365", has: []string{"creationdate", "auditdata"}, utc: true,
		columns: map[Field][]string{
			FieldMoment: {"creationdate"}, FieldAccount: {"userid", "userids", "auditdata_userid"}, FieldAction: {"operation", "operations", "auditdata_operation"},
			FieldObject: {"auditdata_objectid", "auditdata_workload"}, FieldObjectID: {"auditdata_id", "recordid", "identity"}, FieldResult: {"auditdata_resultstatus"},
			FieldNew: {"auditdata"},
		},
	},
	{
		name: "Cloudflare", has: []string{"action_type", "actor_email"},
		columns: map[Field][]string{
			FieldMoment: {"when", "action_time"}, FieldAccount: {"actor_email"}, FieldAction: {"action_type"}, FieldResult: {"action_result"},
			FieldObject: {"resource_type", "resource_product"}, FieldObjectID: {"resource_id", "id"}, FieldOld: {"oldvalue", "oldvaluejson"}, FieldNew: {"newvalue", "newvaluejson"},
		},
	},
	{
		name: "kDrive", has: []string{"action", "created_at", "file_id"}, product: audit.Drive,
		columns: map[Field][]string{
			FieldMoment: {"created_at"}, FieldAccount: {"user_email", "user_display_name", "user_id"}, FieldAction: {"action"},
			FieldObject: {"new_path", "path"}, FieldObjectID: {"file_id"}, FieldOld: {"old_path"},
		},
	},
}

// recognised finds the service that writes such columns, and which of them means what.
func recognised(columns []column) (source, map[Field]string, bool) {
	named := map[string]string{}
	for _, c := range slices.Backward(columns) {
		named[plainName(c.name)] = c.name
	}
	for _, s := range sources {
		if slices.ContainsFunc(s.has, func(name string) bool { return named[name] == "" }) {
			continue
		}
		found := map[Field]string{}
		for field, names := range s.columns {
			for _, name := range names {
				if c := named[name]; c != "" {
					found[field] = c
					break
				}
			}
		}
		return s, found, true
	}
	return source{}, nil, false
}

// sourceCalled is the known service of that name.
func sourceCalled(name string) (source, bool) {
	i := slices.IndexFunc(sources, func(s source) bool { return s.name == name })
	if i < 0 {
		return source{}, false
	}
	return sources[i], true
}

// zone is where a source's moments without a zone are read.
func (m Mapping) zone() *time.Location {
	if s, known := sourceCalled(m.Source); known && s.utc {
		return time.UTC
	}
	return m.Zone
}

var notWord = regexp.MustCompile(`[^a-z0-9]+`)

// plainName is a heading by which columns are known.
func plainName(heading string) string {
	f := text.Fold(heading)
	if f == "" {
		f = strings.ToLower(heading)
	}
	return strings.Trim(notWord.ReplaceAllString(f, "_"), "_")
}
