package sandbox_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"till/domain"
)

const account = "DE89370400440532013000"

// payOut is a call about po_1, of 700 minor units.
func payOut(kind domain.OperationKind, key string) domain.Operation {
	return domain.Operation{
		ID: domain.OperationID("op_" + key), Kind: kind, Payout: "po_1", Key: key, Amount: 700, Currency: "EUR", Method: "card",
	}
}

// to adds whom it goes to.
func (d *desk) to(op domain.Operation, name, number string) domain.Operation {
	d.Helper()
	op.Recipient = &domain.Recipient{Name: name}
	if number != "" {
		iban, err := domain.ParseIBAN(number)
		if err != nil {
			d.Fatal(err)
		}
		op.Recipient.IBAN, op.Source = iban, iban.Source()
	}
	return op
}

// tells checks an answer: its code, and what happened.
func (d *desk) tells(op domain.Operation, status domain.Status, code string, events ...domain.Event) domain.Outcome {
	d.Helper()
	out := d.do(op)
	if out.Status != status || out.Code != code || !slices.Equal(eventsOf(out.Facts), events) {
		d.Errorf("%s %s: %s %s with %v, want %s %s with %v", op.Kind, op.Key, out.Status, out.Code, eventsOf(out.Facts), status, code, events)
	}
	return out
}

// payouts are the events that are on record for po_1.
func (d *desk) payouts() string {
	d.Helper()
	return fmt.Sprint(eventsOf(d.do(payOut(domain.Sync, "s")).Facts))
}

func TestPayout(t *testing.T) {
	d := newDesk(t)
	d.tells(d.to(payOut(domain.PayoutMoney, "a"), "Ann", account), domain.Succeeded, "10000", domain.PayoutTaken)
	d.tells(d.to(payOut(domain.PayoutMoney, "b"), "Ann", account), domain.Declined, "payout_exists", domain.OperationFailed)
	d.tells(payOut(domain.PayoutConfirm, "c"), domain.Succeeded, "10000", domain.PayoutSent)
	for _, kind := range []domain.OperationKind{domain.PayoutConfirm, domain.PayoutCancel} {
		d.tells(payOut(kind, "again "+string(kind)), domain.Declined, "payout_not_open", domain.OperationFailed)
	}
	timers, err := d.Timers(d.Context())
	if err != nil || len(timers) != 1 || timers[0].Name != "payout_paid" || timers[0].Subject != "po_1" || !timers[0].At.Equal(noon.Add(24*time.Hour)) {
		t.Errorf("%+v, %v", timers, err)
	}
	d.pass(24 * time.Hour)
	out := d.do(payOut(domain.Sync, "s"))
	if last := out.Facts[len(out.Facts)-1]; last.Event != domain.PayoutDone || last.Key != "c" || last.Amount != 700 || last.Currency != "EUR" {
		t.Errorf("%+v", last)
	}
	if strings.Contains(out.Wire.Sent, "/payments/") || !strings.Contains(out.Wire.Sent, "/payouts/po_1") {
		t.Errorf("%s", out.Wire.Sent)
	}
	notices, err := d.Notices(d.Context(), "")
	if err != nil || len(notices) != 6 || notices[0].Type != "payout_created" || notices[0].Payment != "po_1" || notices[5].Type != "payout_paid" {
		t.Errorf("%+v, %v", notices, err)
	}
}

// Money that is sent before a weekend arrives on Monday.
func TestPayoutOverTheWeekend(t *testing.T) {
	d := newDesk(t)
	d.pass(4 * 24 * time.Hour) // Friday
	d.do(d.to(payOut(domain.PayoutMoney, "a"), "Ann", account))
	d.do(payOut(domain.PayoutConfirm, "c"))
	d.pass(3*24*time.Hour - time.Second)
	if got := d.payouts(); strings.Contains(got, "paid") {
		t.Errorf("%s", got)
	}
	d.pass(time.Second)
	if got := d.payouts(); got != "[payout_created payout_processing payout_paid]" {
		t.Errorf("%s", got)
	}
}

func TestPayoutLacksData(t *testing.T) {
	d := newDesk(t)
	d.tells(payOut(domain.PayoutMoney, "a"), domain.Succeeded, "payout_recipient_missing", domain.PayoutLacksData)
	d.tells(payOut(domain.PayoutConfirm, "b"), domain.Succeeded, "payout_recipient_missing", domain.PayoutLacksData)
	d.tells(d.to(payOut(domain.PayoutConfirm, "c"), "", account), domain.Succeeded, "payout_name_missing", domain.PayoutLacksData)
	d.tells(d.to(payOut(domain.PayoutConfirm, "d"), "Ann", ""), domain.Succeeded, "10000", domain.PayoutSent)
}

func TestPayoutIsRefused(t *testing.T) {
	d := newDesk(t)
	d.tells(payOut(domain.PayoutConfirm, "x"), domain.Declined, "payout_not_found")
	free := payOut(domain.PayoutMoney, "free")
	free.Amount = 0
	d.tells(free, domain.NotSent, "amount_invalid")
	odd := d.to(payOut(domain.PayoutMoney, "a"), "Ann", account)
	odd.Amount = 1005
	d.do(odd)
	odd = payOut(domain.PayoutConfirm, "b")
	odd.Amount = 1005
	if out := d.tells(odd, domain.Declined, "20005", domain.PayoutRefused); out.Rule != "amount ending 05" {
		t.Errorf("%s", out.Rule)
	}
	d.fails(d.MovePayout(d.Context(), "po_1", "paid"), domain.CodeIllegalTransition)
	d.fails(d.MovePayout(d.Context(), "po_2", "paid"), domain.CodeNotFound)
	d.fails(d.MovePayout(d.Context(), "po_1", "lost"), domain.CodeInvalid)
}

func TestPayoutsAreMoved(t *testing.T) {
	for _, c := range []struct {
		moves []string
		want  string
	}{
		{[]string{"needs_data"}, "[payout_created payout_needs_data]"},
		{[]string{"failed"}, "[payout_created payout_failed]"},
		{[]string{"confirm", "paid", "returned"}, "[payout_created payout_processing payout_paid payout_returned]"},
		{[]string{"confirm", "expired"}, "[payout_created payout_processing payout_expired]"},
		{[]string{"confirm", "failed"}, "[payout_created payout_processing payout_failed]"},
		{[]string{"cancel"}, "[payout_created payout_canceled]"},
	} {
		d := newDesk(t)
		d.do(d.to(payOut(domain.PayoutMoney, "a"), "Ann", account))
		for _, move := range c.moves {
			switch move {
			case "confirm":
				d.do(payOut(domain.PayoutConfirm, "c"))
			case "cancel":
				d.do(payOut(domain.PayoutCancel, "c"))
			default:
				d.fails(d.MovePayout(d.Context(), "po_1", move), "")
			}
		}
		d.pass(10 * 24 * time.Hour) // what was moved by hand does not arrive by itself
		if got := d.payouts(); got != c.want {
			t.Errorf("%v: %s, want %s", c.moves, got, c.want)
		}
	}
}

// The gateway keeps of the recipient that there is a name, and the end of the account's number.
func TestPayoutKeepsNothing(t *testing.T) {
	d := newDesk(t)
	wire := d.do(d.to(payOut(domain.PayoutMoney, "a"), "Ann Quill", account)).Wire
	d.fails(d.SetFault(d.Context(), domain.Fault{Operation: domain.PayoutConfirm, Name: "pending", Times: 1}), "")
	wire.Sent += d.do(d.to(payOut(domain.PayoutConfirm, "c"), "Ann Quill", account)).Wire.Sent
	files, err := filepath.Glob(filepath.Join(filepath.Dir(d.path), "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	texts := []string{wire.Sent + wire.Answered}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(content))
	}
	for _, text := range texts {
		if strings.Contains(text, account[4:18]) || strings.Contains(text, "Quill") {
			t.Errorf("%q", text[:min(len(text), 200)])
		}
	}
	d.pass(time.Minute)
	if got := d.payouts(); got != "[payout_created operation_open payout_processing]" {
		t.Errorf("%s", got)
	}
}
