package input

import (
	"testing"
	"time"
)

func TestMomentsInEveryForm(t *testing.T) {
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"2024-11-28T09:00:00Z": "2024-11-28T09:00:00Z", "2024-11-28T09:00:00+01:00": "2024-11-28T08:00:00Z", "2024-11-28T09:00:00+0100": "2024-11-28T08:00:00Z",
		"2024-11-28T09:00:00.123456+01": "2024-11-28T08:00:00.123Z", "2024-11-28 09:00:00 UTC": "2024-11-28T09:00:00Z", "2024-11-28 09:00:00,5 -0500": "2024-11-28T14:00:00.5Z",
		"2024-11-28T09:00": "2024-11-28T08:00:00Z", "2024-11-28": "2024-11-27T23:00:00Z", "2024/11/28 09:00:00": "2024-11-28T08:00:00Z",
		"20241128": "2024-11-27T23:00:00Z", "20241128090000": "2024-11-28T08:00:00Z", "202411280900": "2024-11-28T08:00:00Z", "20241128T090000Z": "2024-11-28T09:00:00Z",
		"45624": "2024-11-27T23:00:00Z", "45624.375": "2024-11-28T08:00:00Z", "45624.37534722222": "2024-11-28T08:00:30Z", "45624,375": "2024-11-28T08:00:00Z",
		"1732784400": "2024-11-28T09:00:00Z", "1732784400.25": "2024-11-28T09:00:00.25Z", "1732784400123": "2024-11-28T09:00:00.123Z",
		"1732784400123456": "2024-11-28T09:00:00.123Z", "1732784400123456789": "2024-11-28T09:00:00.123Z",
		"28.11.2024 09:00:00": "2024-11-28T08:00:00Z", "28.11.2024, 09:00": "2024-11-28T08:00:00Z", "28.11.24 09:00": "2024-11-28T08:00:00Z", "28/11/24": "2024-11-27T23:00:00Z",
		"11/28/2024 9:00:00 AM": "2024-11-28T08:00:00Z", "11/28/2024, 9:00 pm": "2024-11-28T20:00:00Z", "11/28/2024 12:05 AM": "2024-11-27T23:05:00Z", "11/28/2024 9:00:00\u202fAM": "2024-11-28T08:00:00Z",
		"Nov 28, 2024": "2024-11-27T23:00:00Z", "Nov 28, 2024, 9:00:00 AM": "2024-11-28T08:00:00Z", "28 Nov 2024 09:00:00 GMT": "2024-11-28T09:00:00Z",
		"Thu, 28 Nov 2024 09:00:00 +0100": "2024-11-28T08:00:00Z", "Thu Nov 28 09:00:00 2024": "2024-11-28T08:00:00Z", "Thu Nov 28 09:00:00 UTC 2024": "2024-11-28T09:00:00Z",
		"Thu Nov 28 09:00:00 2024 +0100": "2024-11-28T08:00:00Z", "[28/Nov/2024:09:00:00 +0100]": "2024-11-28T08:00:00Z", "28-Nov-2024 09:00": "2024-11-28T08:00:00Z", "28-NOV-24": "2024-11-27T23:00:00Z",
		"28. November 2024 um 09:00": "", "28. November 2024, 09:00": "2024-11-28T08:00:00Z", "jeudi 28 novembre 2024 09:00": "2024-11-28T08:00:00Z", "28 de noviembre de 2024": "2024-11-27T23:00:00Z", "3. März 2024": "2024-03-02T23:00:00Z",
		"Mar 3, 2024": "2024-03-02T23:00:00Z", "mar 3 dic 2024 10:00": "2024-12-03T09:00:00Z", "28 août 2024": "2024-08-27T22:00:00Z",
		"2024-11-28T09:00:00+01:00[Europe/Zurich]": "2024-11-28T08:00:00Z", "2024-11-28 09:00:00 CET": "2024-11-28T08:00:00Z", "2024-11-28 09:00 Europe/Rome": "2024-11-28T08:00:00Z",
		"2024-11-28T09:00:00 GMT+0100 (Central European Standard Time)": "2024-11-28T08:00:00Z", "Thu Nov 28 2024 09:00:00 GMT+0100 (CET)": "2024-11-28T08:00:00Z",
		"": "", "2024": "", "0": "", "-5": "", "1": "", "123456": "", "999999999": "", "99999999999999": "", "20241340": "", "1970-01-01T00:00:00Z": "", "0001-01-01T00:00:00Z": "",
		"yesterday": "", "28.11.2024 25:00": "", "28.11.2024 13:00 PM": "", "2024-11-28 09:00 CST": "", "13/13/2024": "", "2024-02-30": "", "Foo 28, 2024": "", "99999": "",
	} {
		m := NewMoments("", zurich)
		m.Add(1, typed)
		got, refusal := m.Read(typed)
		if want == "" && typed != "28. November 2024 um 09:00" {
			if refusal == nil {
				t.Errorf("%q is read as %s", typed, got)
			}
			continue
		}
		if want == "" {
			want = "2024-11-28T08:00:00Z"
		}
		if refusal != nil || got.Format(time.RFC3339Nano) != want {
			t.Errorf("%q: %s %v, want %s", typed, got.Format(time.RFC3339Nano), refusal, want)
		}
	}
}

// Whether the day or the month comes first, the whole file decides; where nothing in it tells, it is asked.
func TestMomentsOfAFileDecideTogether(t *testing.T) {
	american := NewMoments("", nil)
	for i, typed := range []string{"03/04/2024 9:00 AM", "12/31/24"} {
		american.Add(i, typed)
	}
	if got, refusal := american.Read("03/04/2024 9:00 AM"); american.Question() != nil || refusal != nil || got.Month() != time.March {
		t.Errorf("%v %v", got, refusal)
	}
	open := NewMoments("", nil)
	open.Add(7, "03/04/24 10:00")
	q := open.Question()
	if _, refusal := open.Read("03/04/24 10:00"); q == nil || q.Text != "03/04/24 10:00" || q.Choices[0].Value != "2024-04-03" || refusal == nil || refusal.Code != "date_ambiguous" {
		t.Errorf("%+v %v", q, refusal)
	}
	if got, refusal := NewMoments(MonthFirst, nil).Read("03/04/24 10:00"); refusal != nil || got.Month() != time.March {
		t.Errorf("%v %v", got, refusal)
	}
}

func FuzzMoment(f *testing.F) {
	for _, s := range []string{"28/Nov/2024:09:00:00 +0100", "Thu Nov 28 09:00:00 2024 +0100", "45624.999999", "1732784400", "3/4/24 12:00 am [Europe/Rome]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := NewMoments("", nil)
		m.Add(1, s)
		if at, refusal := m.Read(s); refusal == nil && (at.Year() < firstMoment || at.Year() > lastYear) {
			t.Fatal(at)
		}
	})
}
