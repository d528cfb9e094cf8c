package infomaniak

import (
	"context"
	"strconv"
	"time"
)

// Drive is a kDrive.
type Drive struct {
	ID, Account, Name string
	Maintenance       bool
	Size, Used        int64 // bytes
}

// Drives are the drives of an organization.
func (c *Client) Drives(ctx context.Context, account string) (Page[Drive], error) {
	return whole(ctx, c, get("/2/drive").with("account_id", account), func(o object) (Drive, bool) {
		d := Drive{
			ID: o.id("id"), Account: o.id("account_id"), Name: o.text("name"), Maintenance: o.flag("in_maintenance"),
			Size: o.size("size"), Used: o.size("used_size"),
		}
		return d, d.ID != ""
	})
}

// Event is something that somebody did in a drive.
type Event struct {
	ID, Action, OldPath, NewPath, FileID string
	UserID, UserName                     string
	At                                   time.Time
	Source, IP, Device                   string // api, job, webdav
}

// eventsPerPage is the most that one answer gives.
const eventsPerPage = 1000

// Events are the activities of a drive, the newest first, from a moment on (zero: all).
func (c *Client) Events(ctx context.Context, drive string, from time.Time, at string) (Page[Event], error) {
	q := get("/3/drive/{drive}/activities", drive).with("limit", strconv.Itoa(eventsPerPage)).with("order", "desc")
	if !from.IsZero() {
		q = q.with("from", strconv.FormatInt(from.Unix(), 10))
	}
	if at != "" {
		q = q.with("cursor", at)
	}
	e, err := c.ask(ctx, q)
	if err != nil {
		return Page[Event]{Total: -1}, err
	}
	p, err := rowsOf(e, q.route, eventOf)
	p.Total = -1
	if e.more {
		p.Next = e.cursor
	}
	if err == nil && e.torn {
		err = &Fault{Kind: Unreadable, Outcome: Answered, Route: q.route, Status: 200}
	}
	return p, err
}

func eventOf(o object) (Event, bool) {
	v := Event{
		ID: o.id("id"), Action: o.text("action"), OldPath: o.text("old_path"), NewPath: o.text("new_path"), FileID: o.id("file_id"),
		UserID: o.id("user_id"), At: o.moment("created_at"),
	}
	if user, ok := o.object("user"); ok {
		v.UserName = user.text("display_name")
	}
	if s, ok := o.object("source"); ok {
		v.Source, v.IP, v.Device = s.text("name"), s.text("ip"), s.text("device")
	}
	return v, v.ID != ""
}
