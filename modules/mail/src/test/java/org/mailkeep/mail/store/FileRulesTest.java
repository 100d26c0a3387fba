package org.mailkeep.mail.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.listing.FakeDirectory;
import org.mailkeep.model.FileName;

class FileRulesTest {

  @ParameterizedTest
  @CsvSource({
    "MESSAGES,      '1.2.h:2,S',              MESSAGE",
    "MESSAGES,      'dovecot.index',          MESSAGE",
    "MESSAGES,      '.nfs000',                ORDINARY",
    "MAILDIR_TMP,   '1.2.h',                  TEMPORARY",
    "MAILDIR_TMP,   'courier.lock',           TEMPORARY",
    "MAILDIR,       'courierimapuiddb',       MUST_KEEP",
    "MAILDIR,       'courierpop3dsizelist',   MUST_KEEP",
    "MAILDIR,       'dovecot-uidlist',        MUST_KEEP",
    "MAILDIR,       'dovecot-keywords',       MUST_KEEP",
    "MAILDIR,       'dovecot-uidvalidity',    MUST_KEEP",
    "MAILDIR,       'dovecot-uidvalidity.5f1e9c2a', MUST_KEEP",
    "MAILDIR,       'maildirsize',            MUST_KEEP",
    "MAILDIR,       'maildirfolder',          ORDINARY",
    "MAILDIR,       'courierimapsubscribed',  ORDINARY",
    "MAILDIR,       'courierimapacl',         ORDINARY",
    "MAILDIR,       'subscriptions',          ORDINARY",
    "MAILDIR,       'dovecot-acl',            ORDINARY",
    "MAILDIR,       '.dovecot.sieve',         ORDINARY",
    "MAILDIR,       'sqwebmail-config',       ORDINARY",
    "MAILDIR,       'sqwebmail-sig',          ORDINARY",
    "MAILDIR,       'shared-maildirs',        ORDINARY",
    "MAILDIR,       'dovecot.index',          CACHE",
    "MAILDIR,       'dovecot.index.log.2',    CACHE",
    "MAILDIR,       'dovecot.index.cache',    CACHE",
    "MAILDIR,       'dovecot.list.index.log', CACHE",
    "MAILDIR,       'dovecot.mailbox.log',    CACHE",
    "MAILDIR,       'dovecot-acl-list',       CACHE",
    "MAILDIR,       '.dovecot.svbin',         CACHE",
    "MAILDIR,       'sqwebmail-curcache',     CACHE",
    "MAILDIR,       'sqwebmail-token',        CACHE",
    "MAILDIR,       'dovecot-uidlist.lock',   LOCK",
    "DOMAIN,        'vpasswd',                ORDINARY",
    "DOMAIN,        'vpasswd.cdb',            ORDINARY",
    "DOMAIN,        '.qmail-default',         ORDINARY",
    "DOMAIN,        '_vpopmail.sqlite',       ORDINARY",
    "DOMAIN,        '.vpasswd.lock',          LOCK",
    "DOMAIN,        'vpasswd.bak.4711',       TEMPORARY",
    "DOMAIN,        'vpasswd.bak.mine',       ORDINARY",
    "DOMAIN,        'cdb.tmp',                TEMPORARY",
    "QMAIL_CONFIG,  'assign',                 ORDINARY",
    "QMAIL_CONFIG,  'assign.4711',            TEMPORARY",
    "QMAIL_CONFIG,  'rcpthosts.lock',         LOCK",
    "QMAIL_CONFIG,  'morercpthosts.cdb',      ORDINARY",
    "VPOPMAIL_ETC,  'open-smtp',              ORDINARY",
    "VPOPMAIL_ETC,  'open-smtp.lock',         LOCK",
    "VPOPMAIL_ETC,  'open-smtp.tmp',          TEMPORARY",
    "OTHER,         'dovecot-uidlist',        ORDINARY",
    "OTHER,         'composer.lock',          ORDINARY",
    "OTHER,         'cdb.tmp',                ORDINARY",
  })
  void a_name_in_its_place_tells_what_a_file_is(Place place, String name, FileClass expected) {
    Verdict verdict = FileRules.classify(place, FileName.of(name), EntryType.FILE);
    assertThat(verdict.fileClass()).isEqualTo(expected);
    if (!expected.isStored()) {
      assertThat(verdict.reason()).isNotEmpty();
    }
  }

  @Test
  void what_goes_with_the_messages_is_read_after_them() {
    assertThat(
            FileRules.classify(
                    Place.MAILDIR, FileName.of("courierimapkeywords"), EntryType.DIRECTORY)
                .fileClass()
                .isReadLast())
        .isTrue();
    assertThat(FileClass.MESSAGE.isReadLast()).isFalse();
  }

  @Test
  void a_folder_is_kept_whatever_its_name() {
    assertThat(
            FileRules.classify(Place.MAILDIR, FileName.of(".my.lock"), EntryType.DIRECTORY)
                .fileClass())
        .isEqualTo(FileClass.ORDINARY);
  }

  @Test
  void places_are_known_by_what_is_in_them() {
    FakeDirectory maildir = new FakeDirectory().directories("cur", "new", "tmp");
    FakeDirectory empty = new FakeDirectory();
    assertThat(Place.of(Place.OTHER, FileName.of("Mail"), maildir)).isEqualTo(Place.MAILDIR);
    assertThat(Place.of(Place.MAILDIR, FileName.of(".Sent"), maildir)).isEqualTo(Place.MAILDIR);
    assertThat(Place.of(Place.MAILDIR, FileName.of("cur"), empty)).isEqualTo(Place.MESSAGES);
    assertThat(Place.of(Place.MAILDIR, FileName.of("tmp"), empty)).isEqualTo(Place.MAILDIR_TMP);
    assertThat(Place.of(Place.OTHER, FileName.of("tmp"), empty)).isEqualTo(Place.OTHER);
    assertThat(Place.of(Place.OTHER, FileName.of("d"), new FakeDirectory().files("vpasswd")))
        .isEqualTo(Place.DOMAIN);
    assertThat(
            Place.of(Place.OTHER, FileName.of("etc"), new FakeDirectory().files("vlimits.default")))
        .isEqualTo(Place.VPOPMAIL_ETC);
    assertThat(Place.of(Place.OTHER, FileName.of("control"), new FakeDirectory().files("me")))
        .isEqualTo(Place.QMAIL_CONFIG);
    assertThat(Place.of(Place.OTHER, FileName.of("users"), new FakeDirectory().files("assign")))
        .isEqualTo(Place.QMAIL_CONFIG);
  }
}
