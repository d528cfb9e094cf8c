package app

import (
	"fmt"
	"strconv"
	"time"

	"kontor/internal/area/branding"
	"kontor/internal/host/picture"
)

func brandingView(st branding.State) BrandingView {
	v := BrandingView{
		OrganizationID: st.OrganizationID, Name: st.Name, Set: LookView{string(st.Set.Square), st.Set.SquareID, st.Set.RectangularID},
		Draft:   LookView{string(st.Draft.Square), st.Draft.SquareID, st.Draft.RectangularID},
		Changed: st.Draft.Shown(branding.Square) != st.Set.Shown(branding.Square) || st.Draft.RectangularID != st.Set.RectangularID,
		Step:    st.Step, CanUndo: st.CanUndo, Logos: []LogoView{}, Initials: []MeasureView{}, Repairs: []string{},
		Limits: LimitsView(st.Limits), DefaultLimits: LimitsView(branding.DefaultLimits()),
		DraftSigned: st.DraftApproved, SetSigned: st.SetApproved,
	}
	for _, p := range st.Pictures {
		v.Logos = append(v.Logos, logoView(p))
	}
	for _, t := range branding.Themes() {
		pair := branding.GroundOf(t).Avatars[branding.AvatarOf(st.OrganizationID)]
		v.Initials = append(v.Initials, measureView(branding.Measure{
			Theme: t, Place: branding.InSidebar, Ratio: picture.Ratio(pair[0], pair[1]),
		}))
	}
	for _, r := range branding.Repairs() {
		v.Repairs = append(v.Repairs, string(r))
	}
	if st.Approval != nil {
		v.SignedAt = st.Approval.ApprovedAt.Format(time.RFC3339)
	}
	return v
}

func logoView(p branding.Viewed) LogoView {
	f := p.Facts
	v := LogoView{
		ID: p.ID, OriginID: p.OriginID, Slot: string(p.Slot), Repair: string(p.Repair), Name: p.Name, Drawn: p.Drawn,
		SHA256: p.SHA256, Width: f.Width, Height: f.Height, Ratio: fmt.Sprintf("%d:%d", f.RatioW, f.RatioH), Bytes: f.Bytes,
		Format: string(f.Format), Animated: f.Animated, Transparent: strconv.FormatFloat(f.Transparent*100, 'f', 1, 64),
		OwnGround: f.OwnGround != nil, Border: []int{f.Border.Top, f.Border.Right, f.Border.Bottom, f.Border.Left},
		Profile: f.Profile.Name, Converted: f.Profile.Converted, Metadata: []MetadataView{}, Turned: f.Turn.Degrees, Contrast: []MeasureView{}, Advice: []HintView{},
	}
	for _, m := range f.Metadata {
		v.Metadata = append(v.Metadata, MetadataView{string(m.Kind), m.Value})
	}
	for _, m := range f.Contrast {
		v.Contrast = append(v.Contrast, measureView(m))
	}
	for _, a := range p.Advice {
		v.Advice = append(v.Advice, hintView(a))
	}
	return v
}

// measureView cuts the ratio to one digit: 2.96 must not read as 3.0.
func measureView(m branding.Measure) MeasureView {
	v := MeasureView{Theme: string(m.Theme), Place: string(m.Place), Grade: "low"}
	v.Ratio = strconv.FormatFloat(float64(int(m.Ratio*10+1e-9))/10, 'f', 1, 64)
	if m.Ratio >= branding.TextRatio {
		v.Grade = "text"
	} else if m.Ratio >= branding.GraphicRatio {
		v.Grade = "graphic"
	}
	return v
}

func hintView(a branding.Advice) HintView {
	v := HintView{Hint: string(a.Hint), Serious: a.Serious, Repairs: []string{}}
	switch a.Hint {
	case branding.HintContrast:
		m := measureView(a.Measure)
		v.Theme, v.Figure = m.Theme, m.Ratio
	case branding.HintEnlarged, branding.HintRatio:
		v.Figure = strconv.FormatFloat(a.Factor, 'f', 1, 64)
	case branding.HintBorder:
		v.Figure = strconv.FormatFloat(a.Factor*100, 'f', 0, 64)
	}
	for _, r := range a.Repairs {
		v.Repairs = append(v.Repairs, string(r))
	}
	return v
}
