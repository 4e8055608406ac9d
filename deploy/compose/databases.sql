CREATE DATABASE chengxin_identity;
CREATE DATABASE chengxin_records;
CREATE DATABASE chengxin_listing;
CREATE DATABASE chengxin_measures;
CREATE DATABASE chengxin_grading;
CREATE DATABASE chengxin_notifications;
