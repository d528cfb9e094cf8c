package sample

import (
	"context"
	"time"

	"kontor/internal/area/session"
	"kontor/internal/host/sqlite"
)

// sessions invents the computers on which Elena has opened this workspace, which the studio keeps on a disk that all of
// them reach: the studio's own, the laptop, a forgotten one in the meeting room, one that stands out. Each is a window of
// Kontor; what signs in at Infomaniak cannot get here. And three months at the door, with the failures of somebody who
// types quickly.
func sessions(ctx context.Context, s *story) error {
	at := func(daysAgo, hour, minute int) time.Time {
		return s.today.AddDate(0, 0, -daysAgo).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	}
	studio := session.Device{Name: "studio", System: "Debian GNU/Linux 12 (bookworm)", Version: "0.1.0", Address: "192.168.1.24"}
	laptop := session.Device{Name: "laptop-elena", System: "macOS", Version: "0.1.0", Address: "192.168.1.31"}
	room := session.Device{Name: "riunioni", System: "Windows", Version: "0.1.0", Address: "192.168.1.40"}
	stranger := session.Device{Name: "DESKTOP-7K2Q", System: "Windows", Version: "0.1.0", Address: "10.20.0.77"}
	lives := []session.Session{
		{Device: studio, Method: session.ByPassword, Stay: true, OwnName: "Studio", FirstSeen: at(300, 8, 5), LastActive: at(1, 17, 42)},
		{Device: laptop, Method: session.ByPassword, Stay: true, Note: s.names.laptop, FirstSeen: at(170, 9, 12), LastActive: at(1, 18, 40)},
		{Device: room, Method: session.ByPassword, Stay: true, Note: s.names.meeting, FirstSeen: at(240, 10, 0), LastActive: at(73, 16, 20)},
		{Device: stranger, Method: session.ByPassword, FirstSeen: at(1, 3, 12), LastActive: at(1, 3, 40)},
	}
	late := session.Session{Device: laptop, Method: session.ByPassword, FirstSeen: at(170, 9, 12), LastActive: at(2, 23, 58), EndedAt: at(2, 23, 58), EndedBy: session.EndedBySelf}
	lives = append(lives, late)
	for d := 280; d > 10; d -= 9 {
		end := at(d, 17, 30)
		lives = append(lives, session.Session{
			Device: studio, Method: session.ByPassword, FirstSeen: at(d, 8, s.random.IntN(50)), LastActive: end,
			EndedAt: end, EndedBy: session.EndedBySelf,
		})
	}
	var attempts []session.Attempt
	for d := 88; d > 0; d-- {
		for range []int{0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 4}[s.random.IntN(11)] {
			attempts = append(attempts, session.Attempt{At: at(d, 8, len(attempts)%50), Method: session.ByPassword, Device: studio.Name, Address: studio.Address})
		}
		attempts = append(attempts, session.Attempt{At: at(d, 9, 0), OK: true, Method: session.ByPassword, Device: studio.Name, Address: studio.Address})
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		return s.sessions.Keep(ctx, tx, s.people[0].account.ID, session.Past{
			Sessions: lives, Attempts: attempts,
			Places: map[string]session.Place{studio.Address: {Name: "Locarno", Located: true, Latitude: 46.1670, Longitude: 8.7943}},
		})
	})
}
