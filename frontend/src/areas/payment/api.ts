import * as payment from '$wailsjs/go/app/PaymentService';
import * as account from '$wailsjs/go/app/PrepaidService';
import type { app } from '$wailsjs/go/models';
import { base64, call } from '$lib/backend';

export type Payments = app.PaymentView;
export type Profile = app.PaymentProfileView;
export type ProfileInput = app.PaymentProfileInput;
export type Renewal = app.RenewalView;
export type RenewalInput = app.RenewalInput;
export type Cover = app.CoverView;
export type Report = app.CoverReportView;
export type Balance = app.PrepaidView;
export type Entry = app.EntryView;
export type Order = app.OrderView;
export type Thread = app.ThreadView;
export type Step = app.StepOfMoneyView;
export type Payout = app.PayoutView;
export type Expected = app.ExpectedView;
export type File = app.FileInput;
export type PriceList = app.PriceListView;
export type PriceLine = app.PriceLineView;

export const overview = () => call(payment.Overview);
export const addProfile = (input: ProfileInput) => call(() => payment.Add(input));
export const updateProfile = (id: string, input: ProfileInput) => call(() => payment.Update(id, input));
export const removeProfile = (id: string, successor: string) => call(() => payment.Remove(id, successor));
export const setDefault = (id: string) => call(() => payment.SetDefault(id));
export const reveal = (id: string, password: string) => call(() => payment.Reveal(id, password));

export const renewals = () => call(payment.Renewals);
export const addRenewal = (input: RenewalInput) => call(() => payment.AddRenewal(input));
export const updateRenewal = (id: string, version: number, input: RenewalInput) =>
  call(() => payment.UpdateRenewal(id, version, input));
export const renewed = (id: string, version: number) => call(() => payment.Renewed(id, version));
export const removeRenewal = (id: string) => call(() => payment.RemoveRenewal(id));
export const payFromPrepaid = (ids: string[]) => call(() => payment.PayFromPrepaid(ids));
export const cover = () => call(payment.Cover);
// A []byte argument travels as base64 text; the generated type says number[].
export const importRenewals = (bytes: ArrayBuffer) => call(() => payment.Import(base64(bytes) as unknown as number[]));
export const saveTemplate = (file: File) => call(() => payment.SaveTemplate(file));
export const saveCalendar = (file: File) => call(() => payment.SaveCalendar(file));

export const balance = (months: number) => call(() => account.Overview(months));
export const entries = (before: number, limit: number) => call(() => account.Entries(before, limit));
export const verify = () => call(account.Verify);
export const topUp = (input: app.TopUpInput) => call(() => account.TopUp(input));
export const expect = (input: app.ExpectedInput) => call(() => account.Expect(input));
export const receive = (id: string, amount: string) => call(() => account.Receive(id, amount));
export const forget = (id: string) => call(() => account.Forget(id));
export const orders = (closed: number) => call(() => account.Orders(closed));
export const place = (input: app.OrderInput) => call(() => account.Place(input));
export const pay = (id: string, version: number, how: app.HowInput) => call(() => account.Pay(id, version, how));
export const cancel = (id: string, version: number) => call(() => account.Cancel(id, version));
export const again = (transfer: string, input: app.OrderInput, how: app.HowInput) =>
  call(() => account.Again(transfer, input, how));
export const prices = () => call(account.Prices);
export const priceToday = (list: string, line: string, quantity: string, months: number) =>
  call(() => account.PriceToday(list, line, quantity, months));
export const threads = (limit: number) => call(() => account.Threads(limit));
export const arrive = (transfer: string, input: app.ArrivalInput) => call(() => account.Arrive(transfer, input));
export const arriveUnknown = (input: app.ArrivalInput) => call(() => account.ArriveUnknown(input));
export const keep = (transfer: string) => call(() => account.Keep(transfer));
export const payouts = (limit: number) => call(() => account.Payouts(limit));
export const requestPayout = (input: app.PayoutInput) => call(() => account.RequestPayout(input));
export const payoutArrived = (id: string) => call(() => account.PayoutArrived(id));
export const payoutFailed = (id: string, reason: string) => call(() => account.PayoutFailed(id, reason));
export const revealPayout = (id: string, password: string) => call(() => account.RevealPayout(id, password));
export const saveStatement = (input: app.StatementInput) => call(() => account.SaveStatement(input));
